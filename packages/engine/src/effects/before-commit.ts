import type { Input } from '@millrace/kernel'
import type { Clock } from '../clock.ts'
import type { Programs } from '../programs.ts'
import type { Piece } from '../tick/piece.ts'
import type { RunAttempt } from './carry-out.ts'
import type { Deliveries } from './deliveries.ts'
import { transientWork } from './transient.ts'

export interface BeforeCommitPorts {
  readonly programs: Programs
  readonly deliveries: Deliveries
  readonly clock: Clock
  readonly runAttempt: RunAttempt
}

/** What runs before a piece is committed, so that a start and its first calls are one transaction; undefined when nothing does. */
export const createBeforeCommit =
  (ports: BeforeCommitPorts) =>
  (piece: Piece): Promise<Input> | undefined => {
    const { delivery } = piece
    if (delivery !== undefined) {
      piece.delivery = undefined
      const state = piece.state(delivery.instance)
      // After its process has died once the count is written first, so that whatever happens there is no third try.
      if (state === undefined || piece.isShared || (state.code?.kills ?? 0) > 0) {
        piece.late.push({ instance: delivery.instance, effect: { kind: 'deliver', delivery: delivery.delivery } })
        return undefined
      }
      return ports.deliveries.deliver(state, delivery.delivery, delivery.delivery.atMs ?? ports.clock.now())
    }
    return transientWork(ports, piece)
  }
