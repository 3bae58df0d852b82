/** Words stored as small numbers. The order is the disk format: append, never change. */
import { type Payload, STATUSES, type State, type Status } from '@millrace/kernel'

const STATUS_CODES: readonly Status[] = ['SCHEDULED', 'QUEUED', 'RUNNING', 'SUSPENDED', 'CANCELLING', 'COMPLETED', 'FAILED', 'ABORTED']
const KINDS: readonly State['kind'][] = ['graph', 'code']
const PAYLOAD_KINDS: readonly Payload['kind'][] = ['none', 'path', 'uuid', 'url', 'json']
const ITEM_STATUSES = ['open', 'done', 'withdrawn'] as const

/** All lists, for the golden file that holds them to what is on disk already. */
export const CODES = { STATUS_CODES, KINDS, PAYLOAD_KINDS, ITEM_STATUSES } as const

const coder = <T extends string>(words: readonly T[]) => {
  const codes = new Map(words.map((word, code) => [word, code]))
  return {
    write: (word: T): number => {
      const code = codes.get(word)
      if (code === undefined) throw new Error(`"${word}" has no code on disk.`)
      return code
    },
    read: (code: unknown): T => {
      const word = words[Number(code)]
      if (word === undefined) throw new Error(`Code ${String(code)} on disk stands for none of ${words.join(', ')}.`)
      return word
    },
  }
}

export const statusCode = coder(STATUS_CODES)
export const kindCode = coder(KINDS)
export const payloadCode = coder(PAYLOAD_KINDS)
export const itemStatusCode = coder(ITEM_STATUSES)

/** Columns of `tally`, one per status. */
export const TALLY_COLUMNS: readonly string[] = STATUSES.map((status) => status.toLowerCase())
/** The status that the index `instance_status` leaves out; a query that uses it must repeat the condition. */
export const COMPLETED_CODE = statusCode.write('COMPLETED')
