/**
 * Checks a text as it is typed: in a worker, a moment after the last letter, only ever the newest. A check that takes long (the search for
 * unsound plays may take seconds) is ended when there is something newer, by ending its worker.
 */
import type { Checked } from '../checked.ts'

export interface CheckRequest {
  readonly text: string
}

export interface CheckWorker {
  postMessage(request: CheckRequest): void
  terminate(): void
  onmessage: ((event: { readonly data: Checked }) => void) | null
  onerror: ((event: unknown) => void) | null
}

export interface CheckRunnerOptions {
  readonly createWorker: () => CheckWorker
  readonly onChecked: (checked: Checked) => void
}

/** Milliseconds without a letter before a check begins. */
export const PAUSE_MS = 250
/** A check may go on so long after something newer was typed. */
export const PATIENCE_MS = 600

export class CheckRunner {
  readonly #options: CheckRunnerOptions
  #worker: CheckWorker | undefined
  /** Text being checked. */
  #running: string | undefined
  /** Newest text not yet begun. */
  #waiting: string | undefined
  #pause: ReturnType<typeof setTimeout> | undefined
  #patience: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(options: CheckRunnerOptions) {
    this.#options = options
  }

  /** Checks a text soon; one that was waiting is forgotten. */
  check(text: string): void {
    if (this.#isClosed) return
    this.#waiting = text
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => this.#begin(), PAUSE_MS)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#pause)
    this.#end()
  }

  #begin(): void {
    if (this.#waiting === undefined) return
    if (this.#running !== undefined) {
      this.#patience ??= setTimeout(() => {
        this.#end()
        this.#begin()
      }, PATIENCE_MS)
      return
    }
    const text = this.#waiting
    this.#waiting = undefined
    this.#running = text
    const worker = this.#worker ?? this.#open()
    worker.onmessage = ({ data }) => {
      this.#finish()
      this.#options.onChecked(data)
      this.#begin()
    }
    worker.onerror = () => {
      // Nothing is known of this text; the next one gets a new worker.
      this.#end()
      this.#begin()
    }
    worker.postMessage({ text })
  }

  #open(): CheckWorker {
    this.#worker = this.#options.createWorker()
    return this.#worker
  }

  #finish(): void {
    this.#running = undefined
    clearTimeout(this.#patience)
    this.#patience = undefined
  }

  #end(): void {
    this.#finish()
    this.#worker?.terminate()
    this.#worker = undefined
  }
}
