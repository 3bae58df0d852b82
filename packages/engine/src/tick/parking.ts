/**
 * Pieces whose code (or whose transient tasks) runs before their commit while others go on, and the units that must wait behind each (writer.ts I2).
 *
 * A piece that was parked in a tick rests on what that tick decided: when its commit fails, the piece is decided again on what is true (writer.ts I3).
 */
import type { Input } from '@millrace/kernel'
import type { Piece } from './piece.ts'
import type { Unit } from './unit.ts'

/** A piece whose code has answered, with the input that came; without one where the code could not be asked. */
export interface Woken {
  readonly piece: Piece
  readonly input: Input | undefined
}

export class Parking {
  /** By instance: the units behind the piece that waits. */
  readonly #lanes = new Map<string, Unit[]>()
  /** Instances of which a unit waits behind a piece of another: their later units wait there too. */
  readonly #behind = new Map<string, string>()
  readonly #woken: Woken[] = []
  /** Parked in the tick in the making. */
  #fresh: Piece[] = []
  readonly #unfounded = new Set<Piece>()

  /** A piece of this instance waits. */
  has(instance: string): boolean {
    return this.#lanes.has(instance)
  }

  /** @returns whether the unit waits now: behind a piece of its instance, or behind one that an earlier unit of its instance waits for. */
  mustWait(unit: Unit): boolean {
    const { instance } = unit
    const lane = this.#lanes.get(instance) ?? this.#lanes.get(this.#behind.get(instance) ?? '')
    lane?.push(unit)
    return lane !== undefined
  }

  /** The unit needs what a piece of another instance is about to change. */
  waitBehind(instance: string, unit: Unit): void {
    this.#lanes.get(instance)?.push(unit)
    this.#behind.set(unit.instance, instance)
  }

  /** The unit waits here, or is the one of a piece that was parked in this tick. */
  holds(unit: Unit): boolean {
    if (this.#fresh.some((piece) => piece.unit === unit)) return true
    for (const lane of this.#lanes.values()) if (lane.includes(unit)) return true
    return false
  }

  park(piece: Piece): void {
    const { instance } = piece.unit
    if (!this.#lanes.has(instance)) this.#lanes.set(instance, [])
    this.#fresh.push(piece)
  }

  /** @returns the units that waited behind a piece of this instance, in order: it waits no longer. */
  release(instance: string): readonly Unit[] {
    const lane = this.#lanes.get(instance) ?? []
    this.#lanes.delete(instance)
    for (const [follower, other] of this.#behind) if (other === instance) this.#behind.delete(follower)
    return lane
  }

  wake(woken: Woken): void {
    this.#woken.push(woken)
  }

  get hasWoken(): boolean {
    return this.#woken.length > 0
  }

  takeWoken(): readonly Woken[] {
    return this.#woken.splice(0)
  }

  /** What the tick decided is true now, or never will be. */
  endTick(isCommitted: boolean): void {
    if (!isCommitted) for (const piece of this.#fresh) if (restsOnAState(piece)) this.#unfounded.add(piece)
    this.#fresh = []
  }

  /** @returns whether this piece rests on a state that was never written; asked once, when it wakes or ends. */
  takeUnfounded(piece: Piece): boolean {
    return this.#unfounded.delete(piece)
  }
}

/** All but starts: what they decide rests on nothing. */
const restsOnAState = (piece: Piece): boolean => {
  for (const change of piece.changes.values()) if (change.before !== undefined) return true
  return false
}
