export { runServer } from './run-server.ts'
export { serve } from './serve.ts'
export type { Served, ServeOptions } from './serve.ts'
