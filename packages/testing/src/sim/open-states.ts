import { isFinal, type State } from '@millrace/kernel'
import type { Store } from '@millrace/protocol'

/** Open instances. */
export const openStates = async (store: Store, instances: readonly string[]): Promise<readonly State[]> => {
  const states = await store.instances.load(instances)
  return [...states.values()].filter((state) => !isFinal(state.status))
}
