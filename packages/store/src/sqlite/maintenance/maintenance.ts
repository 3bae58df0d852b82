import { statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { JsonValue } from '@millrace/model'
import type { MaintenanceStore } from '@millrace/protocol'
import { SCHEMA } from '../migrate.ts'
import type { Writer } from '../writer.ts'
import { backup } from './backup.ts'
import { expire } from './expire.ts'
import { purge } from './purge.ts'

export const sqliteMaintenance = (writer: Writer): MaintenanceStore => {
  const { connection, transaction, path } = writer
  const { sql } = connection
  return {
    backup: (file, onProgress) => backup(writer, file, onProgress),
    purge: (options) => purge(writer, options),
    expire: (nowMs) => expire(writer, nowMs),
    checkpoint: async () => {
      sql('pragma wal_checkpoint(truncate)').all()
    },
    setting: async (name) => {
      const row = sql('select value from setting where name = ?').get(name)
      return row === undefined ? undefined : (JSON.parse(String(row['value'])) as JsonValue)
    },
    saveSetting: async (name, value) =>
      transaction(
        () =>
          void sql('insert into setting (name, value) values (?, ?) on conflict (name) do update set value = excluded.value').run(
            name,
            JSON.stringify(value),
          ),
      ),
    facts: async () => ({ bytes: sizeOf(path), walBytes: sizeOf(`${path}-wal`), format: SCHEMA, freeBytes: freeBytes(path) }),
  }
}

/** What an ordinary user may still write. */
const freeBytes = (path: string): number => {
  const { bavail, bsize } = statfsSync(dirname(path))
  return bavail * bsize
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
