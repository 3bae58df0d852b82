/** A step of a scenario that fits nothing: the kernel was not asked. */
export class PlayError extends Error {
  override readonly name = 'PlayError'
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}
