import { type State, whyOf } from '@millrace/kernel'
import type { Why } from '@millrace/protocol'
import type { Directory } from '../directory.ts'
import type { LockTable } from '../locks/lock-table.ts'
import type { LoadedVersion } from '../programs.ts'

/** Why an instance is not moving, with what the host knows beside its state: its place in the queue and who is in the way. */
export const explainState = (
  state: State,
  version: LoadedVersion | undefined,
  around: { readonly directory: Directory; readonly locks: LockTable },
): Why | undefined => {
  const reason = whyOf(state, version?.program, (who) => around.directory.canAnswer(who))
  if (reason === undefined || reason.code !== 'QUEUED') return reason
  const place = around.locks.place(state.id)
  if (place === undefined) return reason
  const [first] = place.blockers
  return {
    ...reason,
    params: { ...reason.params, position: place.position, ...(first === undefined ? {} : { lock: first.lock }) },
    blockers: place.blockers.map((blocker) => ['instance', blocker.instance]),
  }
}
