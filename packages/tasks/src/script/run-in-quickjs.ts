/**
 * Runs one script in QuickJS: a JavaScript engine inside WebAssembly, with nothing of this process in reach. Owns the limits that hold inside
 * the engine (time, memory, stack, console, result). The limit that holds when the engine itself hangs is its thread's (`script-threads.ts`).
 *
 * Each script gets an instance of its own (1 to 2 ms): nothing one leaves behind is seen by the next, nothing has to be freed from an engine that was
 * stopped half way, and the size of its memory is the limit. (QuickJS's own limit counts nothing but 8 bytes per allocation in this build: it
 * let a script of 8 MB take 2 GB.)
 */
import variant from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSSyncVariant,
} from 'quickjs-emscripten'
import { MAX_RESULT_CHARACTERS, type ScriptRequest, type ScriptResult } from './script-request.ts'

/** The package's types describe its CommonJS form, whose `default` is one level deeper than what an import gives. */
const VARIANT = variant as unknown as QuickJSSyncVariant

const STACK_BYTES = 256 * 1024
const PAGE_BYTES = 64 * 1024
/** What the engine is built to begin with: 16 MB, of which a script has about 15. */
const FIRST_PAGES = 256
const MAX_CONSOLE_LINES = 200
const MAX_CONSOLE_CHARACTERS = 500
const MAX_MESSAGE_CHARACTERS = 500

/**
 * Set up before the script, so that nothing it does to `JSON` or `Function` changes how it is called. Source made with a `Function` constructor
 * begins on line 3, source that is evaluated on line 1: `before` says how many lines to take away again in messages.
 */
const HARNESS = `(() => {
  const stringify = JSON.stringify, parse = JSON.parse, text = String
  const AsyncFunction = (async () => {}).constructor, PlainFunction = Function, evaluate = eval
  const lines = []
  let before = 0
  const show = (value) => { try { return typeof value === 'string' ? value : stringify(value) ?? text(value) } catch { return '(not shown)' } }
  const write = (level) => (...values) => {
    if (lines.length < ${MAX_CONSOLE_LINES}) lines[lines.length] = (level + values.map(show).join(' ')).slice(0, ${MAX_CONSOLE_CHARACTERS})
  }
  globalThis.console = { log: write(''), info: write(''), debug: write(''), warn: write('warn: '), error: write('error: ') }
  return {
    define: (name, json) => { globalThis[name] = parse(json) },
    body: (code) => { before = 2; return new AsyncFunction(code)() },
    rule: (code) => {
      let result
      try {
        result = evaluate(code)
      } catch (error) {
        if (!(error instanceof SyntaxError && /\\breturn\\b/.test(code))) throw error
        before = 2
        return new PlainFunction(code)()
      }
      return typeof globalThis.check === 'function' ? globalThis.check() : result
    },
    stringify: (value) => stringify(value),
    written: () => stringify({ lines, before }),
  }
})()`

/** @param engine the compiled code of QuickJS, the same for all scripts. */
export async function runInQuickJs(engine: WebAssembly.Module, request: ScriptRequest): Promise<ScriptResult> {
  const maximum = Math.max(FIRST_PAGES, Math.ceil(request.memoryBytes / PAGE_BYTES))
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum })
  const instance = await newQuickJSWASMModuleFromVariant(newVariant(VARIANT, { wasmModule: engine, wasmMemory }))
  const runtime = instance.newRuntime({ maxStackSizeBytes: STACK_BYTES })
  const deadlineMs = Date.now() + request.timeoutMs
  let isTimedOut = false
  runtime.setInterruptHandler(() => {
    isTimedOut ||= Date.now() > deadlineMs
    return isTimedOut
  })
  const written: Written = { lines: [], before: 0 }
  try {
    return { ...evaluate(runtime.newContext(), request, written), console: written.lines }
  } catch (error) {
    const failure = failureOf(error, { isTimedOut, timeoutMs: request.timeoutMs, before: written.before })
    return { ok: false, ...failure, console: written.lines }
  }
}

/** What the harness says after the script. */
interface Written {
  lines: readonly string[]
  before: number
}

const failureOf = (
  error: unknown,
  { isTimedOut, timeoutMs, before }: { readonly isTimedOut: boolean; readonly timeoutMs: number; readonly before: number },
) => {
  if (isTimedOut) return { reason: 'timed-out', message: `The script was ended after ${timeoutMs} ms.` } as const
  const message = (error as Error).message
  if (error instanceof Thrown && !error.isOutOfBounds) {
    return { reason: 'threw', message: error.line === undefined ? message : `${message}, at line ${error.line - before}` } as const
  }
  // Anything but `Thrown` is an error of the engine itself, for example the thread's stack at its end.
  return { reason: 'limit', message: `The script went beyond a limit of the engine: ${message}.` } as const
}

/** An exception of the script, by name and message. */
class Thrown extends Error {
  readonly isOutOfBounds: boolean
  readonly line: number | undefined

  constructor(name: string, message: string, line: number | undefined) {
    const said = message.slice(0, MAX_MESSAGE_CHARACTERS)
    super(name === '' || name === 'Error' ? said : `${name}: ${said}`)
    this.isOutOfBounds = name === 'InternalError' && /out of memory|stack overflow/.test(message)
    this.line = line
  }
}

const evaluate = (context: QuickJSContext, request: ScriptRequest, written: Written) => {
  const harness = unwrap(context, context.evalCode(HARNESS, 'harness.js'))
  const call = (name: string, ...args: readonly QuickJSHandle[]): QuickJSHandle =>
    unwrap(context, context.callFunction(context.getProp(harness, name), context.undefined, ...args))
  for (const [name, json] of Object.entries(request.values)) call('define', context.newString(name), context.newString(json))
  if (request.prelude !== undefined) unwrap(context, context.evalCode(request.prelude, 'prelude.js'))
  try {
    const text = call('stringify', settle(context, call(request.kind, context.newString(request.code))))
    const json = context.typeof(text) === 'undefined' ? undefined : context.getString(text)
    if (json !== undefined && json.length > MAX_RESULT_CHARACTERS) {
      const message = `The script returned ${json.length} characters of JSON; at most ${MAX_RESULT_CHARACTERS} are kept.`
      return { ok: false, reason: 'limit', message } as const
    }
    return { ok: true, json } as const
  } finally {
    Object.assign(written, whatWasWritten(context, harness))
  }
}

/** Nothing when the engine can no longer say. */
const whatWasWritten = (context: QuickJSContext, harness: QuickJSHandle): Partial<Written> => {
  try {
    const written = unwrap(context, context.callFunction(context.getProp(harness, 'written'), context.undefined))
    return JSON.parse(context.getString(written)) as Written
  } catch {
    return {}
  }
}

/** Runs what the script left to do and gives the value of its promise. Nothing outside can settle one: what is still pending then stays so. */
const settle = (context: QuickJSContext, handle: QuickJSHandle): QuickJSHandle => {
  const jobs = context.runtime.executePendingJobs()
  if (jobs.error !== undefined) throw thrownOf(context, jobs.error)
  const state = context.getPromiseState(handle)
  if (state.type === 'fulfilled') return state.value
  if (state.type === 'rejected') throw thrownOf(context, state.error)
  throw new Thrown('', 'The script waits for a promise that nothing can settle: it has no timers and no network', undefined)
}

const unwrap = (context: QuickJSContext, result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle => {
  if (result.error === undefined) return result.value
  throw thrownOf(context, result.error)
}

const thrownOf = (context: QuickJSContext, error: QuickJSHandle): Thrown => {
  const dumped: unknown = context.dump(error)
  if (typeof dumped !== 'object' || dumped === null) return new Thrown('', String(dumped), undefined)
  const { name, message, stack } = dumped as { readonly name?: unknown; readonly message?: unknown; readonly stack?: unknown }
  const place = /<input>:(\d+)/.exec(typeof stack === 'string' ? stack : '')
  const said = typeof message === 'string' ? message : JSON.stringify(dumped)
  return new Thrown(typeof name === 'string' ? name : '', said, place === null ? undefined : Number(place[1]))
}
