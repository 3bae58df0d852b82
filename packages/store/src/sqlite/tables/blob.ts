/** Tables `blob` and `blob_use`: large values once per workspace, and which instances refer to them. Reads and writes by primary key. */
import type { BlobReader, BlobWriter } from '../../codec/blob.ts'
import type { Connection } from '../connection.ts'

export const blobWriter = ({ sql }: Connection, instance: number, workspace: number): BlobWriter => ({
  put: (hash, text) => {
    // Looked for first: handing megabytes to SQLite only to be told that they are there is what costs.
    if (sql('select 1 from blob where workspace = ? and hash = ?').get(workspace, hash) === undefined) {
      sql('insert into blob (workspace, hash, body) values (?, ?, ?)').run(workspace, hash, text)
    }
    sql('insert or ignore into blob_use (instance, hash) values (?, ?)').run(instance, hash)
  },
})

export const blobReader = ({ sql }: Connection, workspace: number): BlobReader => ({
  get: (hash) => {
    const row = sql('select body from blob where workspace = ? and hash = ?').get(workspace, hash)
    if (row === undefined) throw new Error(`Large value ${hash} is missing.`)
    return String(row['body'])
  },
})
