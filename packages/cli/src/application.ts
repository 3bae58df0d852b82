/** The command tree for one run: the command that runs with its flags, all others as a line of help. */
import { type Application, buildApplication, buildCommand, buildRouteMap, type Command, type RouteMap, text_en } from '@stricli/core'
import { COMMANDS, NOUNS } from './command-table.ts'
import type { CliContext } from './define-command.ts'

/** @param words the command whose file is loaded; absent = none, for help */
export async function application(words: string | undefined): Promise<Application<CliContext>> {
  const top: { [word: string]: Command<CliContext> | RouteMap<CliContext> } = {}
  const byNoun = new Map<string, { [verb: string]: Command<CliContext> }>()
  for (const [name, { brief, load }] of Object.entries(COMMANDS)) {
    const command = name === words ? (await load()).command : placeholder(brief)
    const [first = '', verb] = name.split(' ')
    if (verb === undefined) {
      top[first] = command
      continue
    }
    const verbs = byNoun.get(first) ?? {}
    verbs[verb] = command
    byNoun.set(first, verbs)
  }
  for (const [noun, routes] of byNoun) top[noun] = buildRouteMap({ routes, docs: { brief: NOUNS[noun] ?? noun } })
  const root = buildRouteMap({
    routes: top,
    docs: { brief: 'Millrace runs durable workflows in which people and code hand work to each other.', fullDescription: ABOUT },
  })
  return buildApplication(root, {
    name: 'millrace',
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: { disableAnsiColor: true },
    localization: { text: { ...text_en, ...usageTexts(words) } },
  })
}

const ABOUT = `Millrace runs durable workflows in which people and code hand work to each other.

Begin with "millrace init my-project" and "millrace start --project my-project".
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 not signed in or not allowed, 4 no answer from the server.`

const placeholder = (brief: string): Command<CliContext> =>
  buildCommand<object, [], CliContext>({
    docs: { brief },
    parameters: {},
    func: () => {
      throw new Error('This command was not loaded.')
    },
  })

/** Wrong usage in one line, as every other error: the code, what is wrong, what to do. */
const usageTexts = (words: string | undefined): Pick<typeof text_en, 'exceptionWhileParsingArguments' | 'noCommandRegisteredForInput'> => ({
  exceptionWhileParsingArguments: (error) => {
    const message = error instanceof Error ? error.message.replace(/^USAGE: /, '') : String(error)
    return `USAGE: ${/[.?]$/.test(message) ? message : `${message}.`} "millrace ${words ?? ''}${words === undefined ? '' : ' '}--help" shows how.`
  },
  noCommandRegisteredForInput: ({ input, corrections }) => {
    const meant =
      corrections.length === 0
        ? '"millrace --help" lists the commands.'
        : `Did you mean ${corrections.map((one) => `"${one.replaceAll('`', '')}"`).join(' or ')}?`
    return `USAGE: There is no command "${input}". ${meant}`
  },
})
