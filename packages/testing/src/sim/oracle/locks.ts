/** FIFO with a barrier, watched commit by commit (DESIGN 4.4): nobody holds what another holds, and nobody overtakes. */
import { isFinal, type State } from '@millrace/kernel'
import type { CommitBatch } from '@millrace/protocol'
import type { Violations } from '../violations.ts'

interface Claim {
  readonly id: string
  readonly locks: readonly string[]
  readonly isForced: boolean
  readonly root: string
  /** Commit in which it was asked for. */
  readonly since: number
  isRunning: boolean
}

export class LockWatch {
  readonly #claims = new Map<string, Claim>()
  readonly #parents = new Map<string, string>()
  readonly #violations: Violations
  #commits = 0

  constructor(violations: Violations) {
    this.#violations = violations
  }

  note({ changes }: CommitBatch): void {
    this.#commits++
    const admitted: Claim[] = []
    for (const { after, before, facts } of changes) {
      if (after.parent !== undefined) this.#parents.set(after.id, after.parent.instance)
      if (after.locks.length === 0) continue
      const isAnew = facts.some((fact) => fact.t === 'restarted' || fact.t === 'created' || fact.t === 'queued')
      if (isAnew || isFinal(after.status)) this.#claims.delete(after.id)
      if (isFinal(after.status) || after.status === 'SCHEDULED') continue
      const claim = this.#claims.get(after.id) ?? this.#claim(after)
      const isRunning = after.status !== 'QUEUED'
      if (isRunning && !claim.isRunning) admitted.push(claim)
      claim.isRunning = isRunning
      this.#claims.set(after.id, claim)
      if (before === undefined) continue
    }
    for (const claim of admitted) this.#check(claim)
  }

  /** Nobody waits who could start. */
  settle(): void {
    for (const claim of this.#claims.values()) {
      if (claim.isRunning) continue
      const isBlocked = [...this.#claims.values()].some(
        (other) =>
          other !== claim && (other.isRunning || other.since <= claim.since) && conflict(claim, other, other.isRunning && claim.isForced),
      )
      if (!isBlocked) this.#violations.add(`${claim.id} waits for ${claim.locks.join()}, which nobody holds or waits for before it`)
    }
  }

  #claim(state: State): Claim {
    return {
      id: state.id,
      locks: state.locks,
      // A restart or resume may be forced too, which only the request says: then the deployment lock is not watched.
      isForced: state.force === true,
      root: this.#rootOf(state.id),
      since: this.#commits,
      isRunning: false,
    }
  }

  #rootOf(id: string): string {
    const parent = this.#parents.get(id)
    return parent === undefined ? id : this.#rootOf(parent)
  }

  /** A child passes whoever cannot start before its own tree is done. */
  #waitsFor(waiting: Claim, root: string, seen: readonly Claim[] = []): boolean {
    return [...this.#claims.values()].some(
      (other) =>
        !seen.includes(other) &&
        other !== waiting &&
        (other.isRunning || other.since <= waiting.since) &&
        conflict(waiting, other, false) &&
        (other.root === root || this.#waitsFor(other, root, [...seen, waiting])),
    )
  }

  #check(claim: Claim): void {
    for (const other of this.#claims.values()) {
      if (other === claim) continue
      if (other.isRunning && conflict(claim, other, claim.isForced || other.isForced))
        this.#violations.add(`${claim.id} was admitted to ${claim.locks.join()} while ${other.id} holds ${other.locks.join()}`)
      if (!other.isRunning && other.since < claim.since && conflict(claim, other, false) && !this.#waitsFor(other, claim.root))
        this.#violations.add(`${claim.id} overtook ${other.id}, which waits for ${other.locks.join()}`)
    }
  }
}

const conflict = (a: Claim, b: Claim, isForced: boolean): boolean => {
  if (a.root === b.root) return false
  if (a.locks.includes('system') || b.locks.includes('system')) return true
  return a.locks.some((lock) => b.locks.includes(lock) && !(isForced && lock.startsWith('deployment:')))
}
