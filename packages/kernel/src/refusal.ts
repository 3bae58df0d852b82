/** A command the kernel refuses: nothing has changed. The host maps it to its error class; `code` is one of the catalogue. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly details: { readonly [key: string]: unknown }

  constructor(code: string, message: string, details: { readonly [key: string]: unknown } = {}) {
    super(message)
    this.code = code
    this.details = details
  }
}
