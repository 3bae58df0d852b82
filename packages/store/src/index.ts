export { type MemoryStoreOptions, openMemoryStore } from './memory/open-memory-store.ts'
export type { Manifest } from './sqlite/maintenance/backup.ts'
export { restoreSqliteBackup } from './sqlite/maintenance/restore.ts'
export { openSqliteStore, type SqliteStoreOptions } from './sqlite/open-sqlite-store.ts'
