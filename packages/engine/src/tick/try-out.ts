import type { State } from '@millrace/kernel'
import { asMillraceError, noInstance } from '../refused.ts'
import type { Loading } from './loading.ts'
import { Missing } from './missing.ts'
import { MAX_PASSES, tooManyPasses } from './passes.ts'
import { type Change, Piece, type Surroundings } from './piece.ts'
import type { Unit } from './unit.ts'

/**
 * Decides a unit on copies and takes it back: what it would change, of its own and of other instances, on the state as committed.
 *
 * @throws what the unit would be refused with
 */
export const tryOut = async (
  unit: Omit<Unit, 'isReport'>,
  ports: {
    readonly around: Surroundings
    readonly committed: (instance: string) => State | undefined
    readonly loading: Loading
    readonly nowMs: () => number
  },
): Promise<ReadonlyMap<string, Change>> => {
  const loaded = new Map<string, State>()
  const around = { ...ports.around, stateOf: (id: string) => ports.committed(id) ?? loaded.get(id), isParked: () => false }
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const piece = new Piece({ ...unit, isReport: false }, around, ports.nowMs())
    try {
      piece.decide()
      piece.undo()
      return piece.changes
    } catch (error) {
      if (!(error instanceof Missing)) throw asMillraceError(error)
      await ports.loading.load([error.what], loaded)
      if ('state' in error.what && !loaded.has(error.what.state)) throw noInstance(error.what.state)
    }
  }
  throw tooManyPasses(unit.instance)
}
