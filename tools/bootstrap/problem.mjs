/**
 * A failure that the reader can act on: one sentence that says what went wrong and one that says what to do.
 * Everything else that is thrown in the bootstrap is a bug and keeps its stack.
 */
export class Problem extends Error {
  /**
   * @param {string} code stable, upper case, for programs and for searching
   * @param {string} message what, which one, and what to do next
   * @param {{ detail?: string, cause?: unknown }} [options] `detail` is printed below the message as it came from the tool that failed
   */
  constructor(code, message, { detail = '', cause } = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.detail = detail
  }
}
