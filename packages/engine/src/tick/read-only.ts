import type { Store } from '@millrace/protocol'
import type { Clock } from '../clock.ts'

/** How often a full disk is tried again. */
const PROBE_EVERY_MS = 1_000

/** A full disk: commands are refused and reports wait until a probe write succeeds. */
export class ReadOnly {
  readonly #store: Store
  readonly #clock: Clock
  #reason: string | undefined
  #isClosed = false

  constructor(ports: { readonly store: Store; readonly clock: Clock }) {
    this.#store = ports.store
    this.#clock = ports.clock
  }

  /** Why nothing can be written; undefined while all is well. */
  get reason(): string | undefined {
    return this.#reason
  }

  /** @param onWritable there is room again */
  begin(onWritable: () => void): void {
    this.#reason =
      'The disk is full: Millrace is read-only until there is room. Nothing was lost; free some space and send the command again.'
    this.#probe(onWritable)
  }

  close(): void {
    this.#isClosed = true
  }

  #probe(onWritable: () => void): void {
    this.#clock.after(PROBE_EVERY_MS, () => {
      if (this.#isClosed) return
      this.#store.maintenance.saveSetting('probe', this.#clock.now()).then(
        () => {
          this.#reason = undefined
          onWritable()
        },
        () => this.#probe(onWritable),
      )
    })
  }
}
