/** One place that breaks a house rule. */
export interface Finding {
  readonly path: string
  /** From 1; absent when the whole file is meant. */
  readonly line?: number
  /** What is wrong there, and what to do instead. */
  readonly message: string
}

/** As an editor's terminal makes it clickable. */
export function format({ path, line, message }: Finding): string {
  return `${path}${line === undefined ? '' : `:${line}`}: ${message}`
}
