import { isUsableNodeModule } from '../replayable.ts'

/** Names of Node's modules that may be imported without `node:`. */
const BARE =
  /^(assert|async_hooks|buffer|child_process|cluster|console|constants|crypto|dgram|diagnostics_channel|dns|domain|events|fs|http|http2|https|inspector|module|net|os|path|perf_hooks|process|punycode|querystring|readline|repl|stream|string_decoder|sys|timers|tls|trace_events|tty|url|util|v8|vm|wasi|worker_threads|zlib)(\/.*)?$/

/** The module of Node that an import names and a workflow cannot use. */
export const refusedNodeModule = (specifier: string): string | undefined => {
  const name = specifier.startsWith('node:') ? specifier.slice('node:'.length) : BARE.test(specifier) ? specifier : undefined
  return name === undefined || isUsableNodeModule(name) ? undefined : `node:${name}`
}
