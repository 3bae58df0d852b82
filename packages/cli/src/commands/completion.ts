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

/** Each asks the program itself (`millrace __complete WORDS`), so that a script never grows old. Answers are "word<TAB>what it does". */
const SCRIPTS: { readonly [shell: string]: string } = {
  bash: `
_millrace() {
  local line
  COMPREPLY=()
  while IFS=$'\\t' read -r line _; do COMPREPLY+=("$line"); done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [ "\${#COMPREPLY[@]}" -gt 0 ] || COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _millrace millrace ./millrace
`.trimStart(),
  zsh: `
#compdef millrace
_millrace() {
  local -a found
  local word about
  while IFS=$'\\t' read -r word about; do found+=("\${word//:/\\\\:}:$about"); done < <("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe millrace found; else _files; fi
}
compdef _millrace millrace ./millrace
`.trimStart(),
  fish: `
function __millrace_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] __complete $words[2..-1] 2>/dev/null
end
complete -c millrace -a '(__millrace_complete)'
`.trimStart(),
}
