/** A script to run, as plain data: it crosses to a worker thread. */
export interface ScriptRequest {
  /** `body`: the inside of an async function, its `return` is the result. `rule`: an expression, a body with `return`, or a function `check`. */
  readonly kind: 'body' | 'rule'
  readonly code: string
  /** Global values by name, as JSON text. */
  readonly values: { readonly [name: string]: string }
  /** Source that runs before the script, trusted. */
  readonly prelude?: string
  readonly timeoutMs: number
  /** All memory of its engine; 16 MB at least, of which the script has about 15. */
  readonly memoryBytes: number
}

export type ScriptResult =
  | { readonly ok: true; readonly json: string | undefined; readonly console: readonly string[] }
  | {
      readonly ok: false
      readonly reason: 'threw' | 'timed-out' | 'limit'
      readonly message: string
      readonly console: readonly string[]
    }

/** Most characters of a result, as JSON. A larger one belongs in a file or a service, not in the history. */
export const MAX_RESULT_CHARACTERS = 1_000_000
