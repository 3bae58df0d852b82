/**
 * A realm: the JavaScript world one bundle runs in, with its own globals, its own built-in classes and its own queue of microtasks.
 *
 * Why a realm and not patched globals of the process: the inline runner lives in somebody else's program, whose clock and timers are not
 * ours to replace; and a queue of its own can be drained in one synchronous call, so "deliver one result, run until nothing more can
 * happen, take the calls" is exact, whatever else the process does. What the queue cannot see is a promise of another realm, so nothing
 * that crosses the border into the realm may be asynchronous.
 *
 * Invariants:
 * R1. Code of the realm runs only inside `enter`, for one instance at a time, and `enter` returns when its microtasks have run out.
 * R2. Promises handed to the code belong to the realm, and so do the functions that react to them.
 * R3. Clock and chance come from the instance that is inside; outside of one the clock is refused.
 */
import vm from 'node:vm'
import { workflowErrorOn } from '@millrace/workflow/abi'
import type { Chance } from './chance.ts'
import { installChance } from './realm/chance.ts'
import { installClock } from './realm/clock.ts'
import { installConsole } from './realm/console.ts'
import { installRefusals } from './realm/refusals.ts'
import { installWebGlobals } from './realm/web-globals.ts'

/** What the realm asks of the instance that is inside. */
export interface Inhabitant {
  readonly nowMs: number
  readonly startedAtMs: number
  readonly chance: Chance
  log(message: string, fields: unknown): void
}

export interface Deferred {
  readonly promise: Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** The global object of a realm: what its code sees as `globalThis`. */
export type RealmGlobal = Record<string, unknown> & {
  readonly Promise: PromiseConstructor
  readonly Error: ErrorConstructor
  readonly TypeError: ErrorConstructor
  readonly Function: FunctionConstructor
}

interface Primitives {
  readonly deferred: () => Deferred
  /** Reacts to a value or promise with functions of the realm (R2), which call ours. */
  readonly follow: (value: unknown, done: (value: unknown) => void, failed: (error: unknown) => void) => void
  /** JSON into objects of the realm. */
  readonly parse: (text: string) => unknown
  readonly object: (names: readonly string[], values: readonly unknown[]) => { readonly [name: string]: unknown }
}

const PRIMITIVES = new vm.Script(`'use strict';
({
  deferred: () => Promise.withResolvers(),
  follow: (value, done, failed) => { Promise.resolve(value).then((v) => { done(v) }, (e) => { failed(e) }) },
  parse: (text) => JSON.parse(text),
  object: (names, values) => { const made = {}; for (let i = 0; i < names.length; i++) made[names[i]] = values[i]; return made },
})`)

const DRAIN = new vm.Script('0')
const WORK = new vm.Script('millraceWork()')

export class Realm {
  readonly global: RealmGlobal
  readonly primitives: Primitives
  readonly WorkflowError: ReturnType<typeof workflowErrorOn>
  #inside: Inhabitant | undefined

  /** @param seed what chance follows from while no instance is inside: modules may draw numbers as they load. */
  constructor(seed: string) {
    const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { microtaskMode: 'afterEvaluate' })
    this.global = context as RealmGlobal
    this.primitives = PRIMITIVES.runInContext(context) as Primitives
    this.WorkflowError = workflowErrorOn(this.global.Error)
    installClock(this)
    installChance(this, seed)
    installConsole(this)
    installWebGlobals(this)
    installRefusals(this)
  }

  get inside(): Inhabitant | undefined {
    return this.#inside
  }

  /** Runs `work` and everything that follows from it, as this inhabitant. */
  enter(inhabitant: Inhabitant | undefined, work: () => void): void {
    this.#inside = inhabitant
    try {
      work()
      DRAIN.runInContext(this.global)
    } finally {
      this.#inside = undefined
    }
  }

  /** As `enter` with nobody inside, for at most a time. @throws Error when it takes longer. */
  load(work: () => void, timeoutMs: number): void {
    this.global['millraceWork'] = work
    try {
      WORK.runInContext(this.global, { timeout: timeoutMs })
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      throw new Error(`The module did not finish loading within ${timeoutMs / 1000} s: it must only define the workflow.`, { cause: error })
    } finally {
      delete this.global['millraceWork']
    }
  }

  /** Compiles a CommonJS module for this realm. */
  compile(code: string, filename: string): (exports: object, require: (specifier: string) => unknown, module: object) => void {
    return vm.compileFunction(code, ['exports', 'require', 'module'], { filename, parsingContext: this.global }) as never
  }

  /** Makes a function of ours look like one of the realm's. */
  adopt<F extends (...args: never) => unknown>(fn: F): F {
    return Object.setPrototypeOf(fn, this.global.Function.prototype) as F
  }

  typeError(message: string): Error {
    return new this.global.TypeError(message)
  }
}
