/** The pieces of one tick as what is written in one transaction. */
import type { CommandAnswer, CommitBatch, KeptMessage } from '@millrace/protocol'
import { type Change, extend, type Piece } from './piece.ts'

export interface TickWrite {
  readonly changes: ReadonlyMap<string, Change>
  readonly keptMessages: readonly KeptMessage[]
  readonly takenMessages: readonly number[]
  readonly answers: NonNullable<CommitBatch['answers']>
  /** Nothing to write: what was decided left everything as it was. */
  readonly isEmpty: boolean
}

/** @param answerOf what the piece's caller is told; kept for those who send their command again */
export const tickWriteOf = (
  pieces: readonly Piece[],
  answerOf: (piece: Piece, changes: ReadonlyMap<string, Change>) => CommandAnswer,
): TickWrite => {
  const changes = new Map<string, Change>()
  const keptMessages: KeptMessage[] = []
  const takenMessages: number[] = []
  const answers: NonNullable<CommitBatch['answers']>[number][] = []
  for (const piece of pieces) {
    merge(changes, piece)
    if (piece.keptMessages.length > 0) keptMessages.push(...piece.keptMessages)
    const { unit } = piece
    if (unit.takes !== undefined) takenMessages.push(unit.takes)
    if (unit.idempotency !== undefined) {
      const { answer = piece.answer, ...key } = unit.idempotency
      if (answer === undefined) answers.push({ ...key, answer: answerOf(piece, changes) as never, tellsPosition: true as const })
      else answers.push({ ...key, answer: answer as never })
    }
  }
  const isEmpty = changes.size === 0 && keptMessages.length === 0 && takenMessages.length === 0 && answers.length === 0
  return { changes, keptMessages, takenMessages, answers, isEmpty }
}

const merge = (changes: Map<string, Change>, piece: Piece): void => {
  for (const [id, change] of piece.changes) {
    const earlier = changes.get(id)
    if (earlier === undefined) changes.set(id, change)
    else extend(earlier, change)
  }
}
