/**
 * What a bundle can `require`: `@millrace/workflow` and zod at the ABI it was made for, and Node's modules as far as they can be replayed.
 * zod is loaded into each realm, since its classes and promises must be the realm's own (realm.ts, R2); its compiled scripts are shared.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import vm from 'node:vm'
import * as workflow from '@millrace/workflow'
import { ABI, taskReference, workflowReference } from '@millrace/workflow/abi'
import { nodeModule } from './node-module.ts'
import type { Realm } from './realm.ts'

/** Specifiers of the ABI: `millrace:1/workflow`, `millrace:1/zod`, `millrace:1/zod/mini`. */
const ABI_SPECIFIER = /^millrace:(\d+)\/(workflow|reference|zod|zod\/mini|zod\/locales)$/

interface JsonSchemaOptions {
  readonly io: 'input' | 'output'
  readonly target: 'draft-2020-12'
  readonly unrepresentable: 'any' | 'throw'
  /** Changes what was made of one schema, in place. */
  readonly override: (context: {
    readonly zodSchema: { readonly _zod: { readonly def: { readonly type: string; readonly coerce?: boolean } } }
    readonly jsonSchema: Record<string, unknown>
  }) => void
}

interface Zod {
  toJSONSchema(schema: unknown, options: JsonSchemaOptions): { readonly [key: string]: unknown }
}

const zods = new WeakMap<Realm, (specifier: string) => unknown>()
const scripts = new Map<string, vm.Script>()

/** The `require` of a bundle. */
export const requireIn =
  (realm: Realm) =>
  (specifier: string): unknown => {
    if (specifier.startsWith('node:')) return nodeModule(realm, specifier)
    const [, abi, name] = ABI_SPECIFIER.exec(specifier) ?? []
    if (name === undefined)
      throw realm.typeError(`A bundle cannot import ${specifier}: it holds everything it needs but @millrace/workflow and zod.`)
    if (Number(abi) !== ABI)
      throw realm.typeError(
        `The bundle was made for ABI ${abi} and this Millrace knows ABI ${ABI}: run it with a newer Millrace, or sync the workflow again.`,
      )
    if (name === 'workflow') return { ...workflow, WorkflowError: realm.WorkflowError }
    if (name === 'reference') return { taskReference, workflowReference }
    return zodIn(realm)(name)
  }

/** zod of a realm. */
export const zodOf = (realm: Realm): Zod => zodIn(realm)('zod') as Zod

const zodIn = (realm: Realm): ((specifier: string) => unknown) => {
  const known = zods.get(realm)
  if (known !== undefined) return known
  const { resolve } = createRequire(import.meta.url)
  const loaded = new Map<string, { exports: object }>()
  const load = (file: string): unknown => {
    const cached = loaded.get(file)
    if (cached !== undefined) return cached.exports
    const module = { exports: {} }
    loaded.set(file, module)
    const run = scriptOf(file).runInContext(realm.global) as (
      exports: object,
      require: (specifier: string) => unknown,
      module: object,
    ) => void
    run.call(module.exports, module.exports, (specifier) => load(path.resolve(path.dirname(file), specifier)), module)
    return module.exports
  }
  const require = (specifier: string) => load(resolve(specifier))
  zods.set(realm, require)
  return require
}

const scriptOf = (file: string): vm.Script => {
  const known = scripts.get(file)
  if (known !== undefined) return known
  const script = new vm.Script(`(function (exports, require, module) {${readFileSync(file, 'utf8')}\n})`, { filename: file })
  scripts.set(file, script)
  return script
}
