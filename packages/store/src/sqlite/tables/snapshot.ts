/**
 * Table `snapshot`: states, so that loading one folds few facts. Written when the facts since the last one have grown to the size of the state itself: writing
 * costs at most as much again as the facts did, and loading at most twice the state, however long the history and however wide the split.
 */
import { FORMAT, type State } from '@millrace/kernel'
import type { BlobWriter } from '../../codec/blob.ts'
import { encodeState } from '../../codec/state-codec.ts'
import type { Connection } from '../connection.ts'

/** Facts that are folded without a snapshot: some 50 µs. */
const FEW = 64
/** Letters of one fact, about: what a snapshot's length is compared by. */
const FACT_LENGTH = 64

export const needsSnapshot = (state: State, last: { readonly seq: number; readonly length: number }): boolean => {
  const since = state.facts - last.seq
  // An ended instance is loaded to be looked at, again and again; what it had when open is not worth keeping.
  if (last.seq > 0 && state.endedAtMs !== undefined && since > 0) return true
  return since >= Math.max(FEW, last.length / FACT_LENGTH)
}

/** @returns length of what was written */
export const writeSnapshot = ({ sql }: Connection, instance: number, state: State, blobs: BlobWriter): number => {
  const body = encodeState(state, blobs)
  sql(
    `insert into snapshot (instance, seq, format, body) values (?, ?, ?, ?)
      on conflict (instance) do update set seq = excluded.seq, format = excluded.format, body = excluded.body`,
  ).run(instance, state.facts, FORMAT, body)
  return body.length
}
