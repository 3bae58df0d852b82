import type { State } from '@millrace/kernel'
import type { Change, LateEffect } from '../tick/piece.ts'
import type { OpenedWait } from './messages.ts'
import { earliestDueMs } from './timers.ts'

export interface AfterCommitPorts {
  /** Something is due at this time. */
  readonly noteDue: (atMs: number) => void
  /** Batches follow their rows. */
  readonly notice: (changes: ReadonlyMap<string, Change>) => void
  readonly carryOut: (state: State, late: LateEffect) => void
  /** Steps that wait for messages now. */
  readonly routeTo: (opened: readonly OpenedWait[]) => void
}

/** What follows a commit, in one pass over what it wrote. */
export const createAfterCommit =
  (ports: AfterCommitPorts) =>
  (late: readonly LateEffect[], changes: ReadonlyMap<string, Change>): void => {
    let earliest = Number.POSITIVE_INFINITY
    const opened: OpenedWait[] = []
    for (const { after, facts } of changes.values()) {
      earliest = Math.min(earliest, earliestDueMs(facts, after))
      for (const fact of facts) {
        if ((fact.t === 'opened' || fact.t === 'turned') && fact.wait.kind === 'message' && after.steps[fact.step] !== undefined)
          opened.push({ workspace: after.workspace, fact })
      }
    }
    ports.noteDue(earliest)
    ports.notice(changes)
    for (const each of late) {
      const state = changes.get(each.instance)?.after
      if (state !== undefined) ports.carryOut(state, each)
    }
    if (opened.length > 0) ports.routeTo(opened)
  }
