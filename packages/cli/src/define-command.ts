/** How a command is written: flags, arguments, words and a body. Flags of every command are added here, so that none forgets one. */
import { buildCommand, type Command, type CommandContext } from '@stricli/core'
import type { Cli, CommonFlags, ServerFlags, Terminal } from './cli.ts'
import type { ExitCode } from './exit-code.ts'
import { runCommand } from './run-command.ts'

export interface CliContext extends CommandContext {
  readonly terminal: Terminal
  readonly finish: (code: ExitCode) => void
  /** What may stand for a placeholder; only where a shell asks for completions. */
  readonly propose?: (placeholder: string, partial: string) => Promise<readonly string[]>
}

/** A flag, by the name it has in code (`startAt` is written `--start-at`). */
export type FlagDefinition =
  | {
      readonly kind: 'boolean'
      readonly brief: string
      readonly optional?: true
      readonly default?: boolean
      readonly withNegated?: boolean
    }
  | {
      readonly kind: 'parsed'
      readonly brief: string
      readonly parse: (text: string) => unknown
      readonly optional?: true
      readonly default?: string
      readonly placeholder?: string
      readonly variadic?: true
    }
  | {
      readonly kind: 'enum'
      readonly brief: string
      readonly values: readonly string[]
      readonly variadic?: true
      readonly optional?: true
      readonly default?: string
    }

export interface ArgumentDefinition {
  readonly brief: string
  readonly placeholder: string
  readonly parse?: (text: string) => unknown
  readonly optional?: true
}

type Arguments = readonly (string | undefined)[]

export interface CommandDefinition<Flags extends object, Args extends Arguments, Common extends CommonFlags> {
  /** One line, in the imperative. */
  readonly brief: string
  /** More, for `--help`: what it does, an example. */
  readonly about?: string
  readonly flags?: { readonly [Name in keyof Flags]-?: FlagDefinition }
  readonly aliases?: { readonly [letter: string]: keyof Flags & string }
  /** In order; `many` takes all that follow. */
  readonly arguments?:
    | { readonly [Index in keyof Args]: ArgumentDefinition }
    | { readonly many: ArgumentDefinition; readonly minimum?: number }
  readonly run: (cli: Cli, flags: Flags & Common, ...args: Args) => Promise<void> | void
}

const COMMON: { readonly [name: string]: FlagDefinition } = {
  json: { kind: 'boolean', brief: 'Print JSON for programs, one document per line', optional: true, withNegated: false },
  color: { kind: 'boolean', brief: 'Use colour on a terminal', default: true },
}

const text = (value: string): string => value

const SERVER: { readonly [name: string]: FlagDefinition } = {
  ...COMMON,
  as: { kind: 'parsed', parse: text, brief: 'Act for this user (administrators; it is recorded)', optional: true, placeholder: 'USER' },
  profile: { kind: 'parsed', parse: text, brief: 'Profile of "millrace login" to use', optional: true, placeholder: 'PROFILE' },
  url: { kind: 'parsed', parse: text, brief: 'Address of the server', optional: true, placeholder: 'URL' },
}

/** A command that needs no server. */
export const localCommand = <Flags extends object = object, Args extends Arguments = readonly []>(
  definition: CommandDefinition<Flags, Args, CommonFlags>,
): Command<CliContext> => build(definition, COMMON)

/** A command that talks to a server. */
export const serverCommand = <Flags extends object = object, Args extends Arguments = readonly []>(
  definition: CommandDefinition<Flags, Args, ServerFlags>,
): Command<CliContext> => build(definition, SERVER)

/** Completed by what stands for the placeholder: `INSTANCE` by the instances there are. */
const completing = (placeholder: string) => ({
  proposeCompletions(this: CliContext, partial: string) {
    return this.propose?.(placeholder, partial) ?? []
  },
})

const withCompletion = (flags: { readonly [name: string]: FlagDefinition }): { readonly [name: string]: FlagDefinition } =>
  Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      flag.kind === 'parsed' && flag.placeholder !== undefined ? { ...flag, ...completing(flag.placeholder) } : flag,
    ]),
  )

const build = <Flags extends object, Args extends Arguments, Common extends CommonFlags>(
  definition: CommandDefinition<Flags, Args, Common>,
  common: { readonly [name: string]: FlagDefinition },
): Command<CliContext> => {
  const { brief, about, flags = {}, aliases = {}, arguments: given = [], run } = definition
  const argument = (one: ArgumentDefinition) => ({ parse: text, ...one, ...completing(one.placeholder) })
  const positional =
    'many' in given
      ? { kind: 'array', parameter: argument(given.many), ...(given.minimum === undefined ? {} : { minimum: given.minimum }) }
      : { kind: 'tuple', parameters: (given as readonly ArgumentDefinition[]).map(argument) }
  // The types of a command are those of its definition; stricli's own cannot be followed through a generic function.
  return buildCommand({
    docs: { brief, ...(about === undefined ? {} : { fullDescription: about }) },
    parameters: { flags: withCompletion({ ...flags, ...common }), aliases: { ...aliases }, positional },
    async func(this: CliContext, values: ServerFlags, ...args: readonly string[]) {
      this.finish(
        await runCommand(this.terminal, values, (cli) => run(cli, values as unknown as Flags & Common, ...(args as unknown as Args))),
      )
    },
  } as never)
}
