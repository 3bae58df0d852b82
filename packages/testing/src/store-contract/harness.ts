import type { Store } from '@millrace/protocol'

/** One store under test, with the clock it reads. */
export interface StoreHarness {
  readonly store: Store
  /** What the store's clock says; tests move it. */
  readonly clock: { nowMs: number }
  /** Closes it and opens what was kept; absent for a store that keeps nothing. */
  readonly reopen?: () => Promise<Store>
  close(): Promise<void>
}

/** Opens an empty store. */
export type OpenHarness = () => Promise<StoreHarness>

/** Opens a store, runs the test on it, closes it. */
export const withStore = (open: OpenHarness, run: (harness: StoreHarness) => Promise<void>): (() => Promise<void>) => {
  return async () => {
    const harness = await open()
    try {
      await run(harness)
    } finally {
      await harness.close()
    }
  }
}
