/** Tables `message` (published, nobody waits for it yet) and `answer` (first answers by Idempotency-Key). By message_name and primary keys. */

import type { SQLOutputValue } from 'node:sqlite'
import type { JsonValue } from '@millrace/model'
import type { CommitBatch, IdempotentAnswer, KeptMessage } from '@millrace/protocol'
import { answerAt } from '../../projections/answer.ts'
import type { Connection } from '../connection.ts'
import type { Lookups } from '../lookups.ts'

export const writeMessages = ({ sql }: Connection, lookups: Lookups, batch: CommitBatch): void => {
  for (const { workspace, name, key, body, atMs } of batch.keptMessages ?? []) {
    sql('insert into message (workspace, name, message_key, body, at) values (?, ?, ?, ?, ?)').run(
      lookups.workspace(workspace),
      name,
      key ?? null,
      JSON.stringify(body),
      atMs,
    )
  }
  for (const id of batch.takenMessages ?? []) sql('delete from message where id = ?').run(id)
}

export const writeAnswers = ({ sql }: Connection, batch: CommitBatch, position: number): void => {
  for (const { workspace, user, route, key, bodyHash, ...rest } of batch.answers ?? []) {
    sql('insert or replace into answer (workspace, user, route, key, body_hash, answer, at) values (?, ?, ?, ?, ?, ?, ?)').run(
      workspace,
      user,
      route,
      key,
      bodyHash,
      JSON.stringify(answerAt(rest, position)),
      batch.atMs,
    )
  }
}

type StoredMessage = KeptMessage & { readonly id: number }

/** The oldest that fits: of this name, and of this key where one is asked for. */
export const readMessage = (
  { sql }: Connection,
  lookups: Lookups,
  wanted: { readonly workspace: string; readonly name: string; readonly key?: string | undefined },
): StoredMessage | undefined => {
  const row = sql('select * from message where workspace = ?1 and name = ?2 and (?3 is null or message_key = ?3) order by id limit 1').get(
    lookups.findWorkspace(wanted.workspace) ?? -1,
    wanted.name,
    wanted.key ?? null,
  )
  return row === undefined ? undefined : storedMessage(row, lookups)
}

export const readMessages = (
  { sql }: Connection,
  lookups: Lookups,
  options: { readonly after: number; readonly limit: number },
): readonly StoredMessage[] =>
  sql('select * from message where id > ? order by id limit ?')
    .all(options.after, options.limit)
    .map((row) => storedMessage(row, lookups))

const storedMessage = (row: { readonly [column: string]: SQLOutputValue }, lookups: Lookups): StoredMessage => ({
  id: Number(row['id']),
  workspace: lookups.workspaceName(Number(row['workspace'])),
  name: String(row['name']),
  ...(row['message_key'] === null ? {} : { key: String(row['message_key']) }),
  body: JSON.parse(String(row['body'])) as JsonValue,
  atMs: Number(row['at']),
})

export const readAnswer = (
  { sql }: Connection,
  wanted: Pick<IdempotentAnswer, 'workspace' | 'user' | 'route' | 'key'>,
): IdempotentAnswer | undefined => {
  const row = sql('select body_hash, answer from answer where workspace = ? and user = ? and route = ? and key = ?').get(
    wanted.workspace,
    wanted.user,
    wanted.route,
    wanted.key,
  )
  if (row === undefined) return undefined
  return { ...wanted, bodyHash: String(row['body_hash']), answer: JSON.parse(String(row['answer'])) as JsonValue }
}
