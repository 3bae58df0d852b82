/** Instances that hold or wait for locks. The engine reads them back at start; the order of requests is the place in line. */
import { isActive, type State } from '@millrace/kernel'
import type { InstanceChange } from '@millrace/protocol'

export type LockChange =
  | { readonly kind: 'none' }
  /** A request begins: its place in line is the position of this commit. */
  | { readonly kind: 'request' }
  /** Admitted, or another status; `since` counts from now when the locks were granted. */
  | { readonly kind: 'update'; readonly isGranted: boolean }
  | { readonly kind: 'drop' }

const NO_CHANGE: LockChange = { kind: 'none' }

export const lockChange = ({ before, after }: InstanceChange): LockChange => {
  if (after.locks.length === 0 || before?.status === after.status) return NO_CHANGE
  const had = takesPart(before)
  const has = takesPart(after)
  if (!has) return had ? { kind: 'drop' } : NO_CHANGE
  if (!had) return { kind: 'request' }
  return { kind: 'update', isGranted: before?.status === 'QUEUED' }
}

/** Stands in line, or holds what it asked for. */
const takesPart = (state: State | undefined): boolean => state !== undefined && (state.status === 'QUEUED' || isActive(state.status))
