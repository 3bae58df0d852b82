import { usageError } from '../cli-error.ts'
import { localCommand } from '../define-command.ts'

export const command = localCommand<object, [string]>({
  brief: 'Print the completion script of a shell',
  about: `  millrace completion bash >> ~/.bashrc
  millrace completion zsh > "\${fpath[1]}/_millrace"
  millrace completion fish > ~/.config/fish/completions/millrace.fish`,
  arguments: [{ brief: 'bash, zsh or fish', placeholder: 'SHELL' }],
  run: (cli, _flags, shell) => {
    const script = SCRIPTS[shell]
    if (script === undefined) throw usageError(`There is no completion for ${shell}. Use bash, zsh or fish.`)
    cli.show({ shell, script }, () => script.trimEnd())
  },
})

/**
 * Each asks the program itself (`millrace __complete WORDS`), so that a script never grows old. Answers are "word<TAB>what it does"; none means that a file
 * may stand there.
 */
const SCRIPTS: { readonly [shell: string]: string } = {
  // Bash cuts words at ":" and "=" (`group:editors`): they are joined again, and of the answers only what follows the last cut is given.
  bash: `
_millrace() {
  local current line prefix word
  local -a words=()
  for ((line = 1; line <= COMP_CWORD; line++)); do
    word=\${COMP_WORDS[line]}
    if ((\${#words[@]})) && [[ $word == [:=] || ($word != -* && \${COMP_WORDS[line - 1]} == [:=]) ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
  done
  current=\${words[\${#words[@]}-1]}
  prefix=\${current%"\${COMP_WORDS[COMP_CWORD]##[:=]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do COMPREPLY+=("\${line#"$prefix"}"); done < <("\${COMP_WORDS[0]}" __complete "\${words[@]}" 2>/dev/null)
}
complete -o default -F _millrace millrace ./millrace
`.trimStart(),
  zsh: `
#compdef millrace
_millrace() {
  local -a found
  local word about
  while IFS=$'\\t' read -r word about; do found+=("\${word//:/\\:}:$about"); done < <("\${words[1]}" __complete "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe millrace found; else _files; fi
}
# Read from a folder of fpath this file is the function itself; sourced, it says for what the function is.
if [ "\${funcstack[1]}" = "_millrace" ]; then _millrace "$@"; else compdef _millrace millrace ./millrace; fi
`.trimStart(),
  fish: `
function __millrace_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l found ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path "$current"
  end
end
complete -c millrace -f -a '(__millrace_complete)'
`.trimStart(),
}
