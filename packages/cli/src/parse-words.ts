import { COMMANDS, NOUN_ALIASES, NOUNS, VERB_ALIASES } from './command-table.ts'

/** Flags that may stand before the command too, and whether a value follows. */
const LEADING: { readonly [flag: string]: boolean } = {
  '--json': false,
  '--no-color': false,
  '--as': true,
  '--profile': true,
  '--url': true,
}

/**
 * The command line in the form the command tables know: flags that stand before the command go behind it, and other words for a noun or verb are
 * replaced; `help` before a command is `--help` behind it. `words` is the command found, if any.
 *
 * @example parseWords(['--as', 'ana', 'execution', 'ls']) // { words: 'instance list', argv: ['instance', 'list', '--as', 'ana'] }
 */
export function parseWords(given: readonly string[]): { readonly words: string | undefined; readonly argv: readonly string[] } {
  const argv = withFlagsLast(given[0] === 'help' ? [...given.slice(1), '--help'] : given)
  const first = argv[0]
  if (first === undefined) return { words: undefined, argv }
  const noun = NOUN_ALIASES[first] ?? first
  if (!(noun in NOUNS)) return { words: first in COMMANDS ? first : undefined, argv }
  const [, second, ...rest] = argv
  // `millrace models`, as people say it.
  if (first !== noun && first.endsWith('s') && (second === undefined || /^-(?!h$|-help)/.test(second))) {
    return { words: `${noun} list`, argv: [noun, 'list', ...argv.slice(1)] }
  }
  if (second === undefined) return { words: undefined, argv: [noun] }
  const verb = `${noun} ${second}` in COMMANDS ? second : (VERB_ALIASES[second] ?? second)
  const words = `${noun} ${verb}`
  return { words: words in COMMANDS ? words : undefined, argv: [noun, verb, ...rest] }
}

const withFlagsLast = (given: readonly string[]): readonly string[] => {
  let at = 0
  while (at < given.length) {
    const [flag = '', value] = (given[at] ?? '').split('=', 2)
    const takesValue = LEADING[flag]
    if (takesValue === undefined) break
    at += takesValue && value === undefined ? 2 : 1
  }
  if (at === 0) return given
  const rest = given.slice(at)
  const end = rest.indexOf('--')
  return end < 0 ? [...rest, ...given.slice(0, at)] : [...rest.slice(0, end), ...given.slice(0, at), ...rest.slice(end)]
}
