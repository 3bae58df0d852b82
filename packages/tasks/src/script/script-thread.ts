/** Entry of a worker thread that runs scripts one after the other. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { runInQuickJs } from './run-in-quickjs.ts'
import type { ScriptRequest } from './script-request.ts'

/** Compiled once; each script gets an instance of it. The variant exports the file under this name but loads it only by itself. */
const WASM = '@jitl/quickjs-wasmfile-release-sync/wasm'
const engine = await WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve(WASM)))

parentPort?.on('message', (request: ScriptRequest) => {
  void runInQuickJs(engine, request).then((result) => parentPort?.postMessage(result))
})
