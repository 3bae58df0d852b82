import { describeStore } from '@millrace/testing/store-contract'
import { openMemoryStore } from './open-memory-store.ts'

describeStore('memory', async () => {
  const clock = { nowMs: 0 }
  const store = openMemoryStore({ now: () => clock.nowMs })
  return { store, clock, close: () => store.close() }
})
