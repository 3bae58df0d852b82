export { restoreSqliteBackup } from '@millrace/store'
export { runServer } from './run-server.ts'
export type { Served, ServeOptions } from './serve.ts'
export { serve } from './serve.ts'
