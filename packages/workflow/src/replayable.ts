/**
 * What cannot be replayed, and what an author does instead: one table for the runner, which refuses it, and the linter, which says it
 * while it is written. Each sentence ends "… is not available in a workflow: ".
 */
const TIMER = "its timer would be lost when the server restarts. Use await run.sleep('5m')"
const NETWORK = 'a replay would send it again. Do it in a task (a file called *.task.ts) and await run.task(…)'
const CANCEL = 'it could only stop what a task does. Use run.race({ … }) or run.scope(…), which also withdraw what waits'

/** Globals that are refused when they are called. */
export const REFUSED_GLOBALS: { readonly [name: string]: string } = {
  setTimeout: TIMER,
  setInterval: TIMER,
  setImmediate: 'there is nothing to wait for: await what you need, or use run.sleep',
  clearTimeout: TIMER,
  clearInterval: TIMER,
  clearImmediate: TIMER,
  fetch: NETWORK,
  WebSocket: NETWORK,
  EventSource: NETWORK,
  XMLHttpRequest: NETWORK,
  Request: NETWORK,
  Response: NETWORK,
  Headers: NETWORK,
  BroadcastChannel: NETWORK,
  MessageChannel: NETWORK,
  Worker: 'a thread cannot be replayed. Do it in a task (a file called *.task.ts)',
  AbortSignal: CANCEL,
  AbortController: CANCEL,
  Buffer: 'use Uint8Array with TextEncoder, TextDecoder, atob and btoa, or do it in a task',
}

/** Globals that are taken away: they depend on the garbage collector, or block the thread. */
export const REMOVED_GLOBALS = ['WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'WebAssembly'] as const

/** Why nothing of `process` can be read. */
export const OUTSIDE_MAY_CHANGE = 'what it says may be different at the next replay. Pass the value in the input, or read it in a task'

/** Why a module of Node is refused. */
export const REACHES_OUTSIDE =
  'it reaches outside of the workflow, which a replay would do again. Do it in a task (a file called *.task.ts)'

/** Modules of Node whose every function follows from its arguments. */
export const PURE_NODE_MODULES: ReadonlySet<string> = new Set([
  'assert',
  'assert/strict',
  'path',
  'path/posix',
  'path/win32',
  'punycode',
  'querystring',
  'string_decoder',
  'url',
])

/** True for modules a workflow can use in full or in part; the name is without `node:`. */
export const isUsableNodeModule = (name: string): boolean => PURE_NODE_MODULES.has(name) || name === 'crypto'

/** `setTimeout is not available in a workflow: its timer would be lost …` */
export const notAvailable = (name: string, why: string): string => `${name} is not available in a workflow: ${why}.`
