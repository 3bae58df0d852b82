/** What a command cannot do, said before a server was asked. `code` is stable, as the server's are; USAGE is the only one that is ours alone. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: string
  readonly details: { readonly [key: string]: unknown }

  constructor(code: string, message: string, details: { readonly [key: string]: unknown } = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** The command line itself is wrong. */
export const usageError = (message: string): CliError => new CliError('USAGE', message)
