import { appsmithWorkflow, installAppsmith, isAppsmithModule } from './appsmith.ts'
import { isSchema, parseWith } from './calls/form.ts'
import { requireIn } from './modules.ts'
import { Realm } from './realm.ts'
import { createStackReader } from './stack.ts'

/** A bundle, evaluated in a realm of its own. */
export interface LoadedWorkflow {
  readonly realm: Realm
  /** What the module says of itself; absent for the Appsmith shape. */
  readonly definition: Definition | undefined
  /** Checks the input and calls the author's function. May throw, and may return a promise of the realm. */
  execute(run: object, input: unknown): unknown
  readonly stackOf: (error: { readonly stack?: unknown }) => string | undefined
}

/** What `workflow({ … })` was given. */
export interface Definition {
  readonly id: string
  readonly title?: string
  readonly input?: unknown
  readonly locks?: readonly string[]
  readonly retention?: unknown
  readonly starters?: readonly string[]
  readonly execute: (run: object, input: unknown) => unknown
}

/** Name of the bundle in stack traces, before they are mapped to the author's files. */
export const FILE_NAME = 'millrace-bundle.js'

/**
 * Evaluates a bundle. Costs some 10 ms (most of it zod) and 3 MB, once for all instances of the version.
 *
 * @throws what the module threw, or an Error that says what it should export.
 */
export const loadWorkflow = (hash: string, bundle: string, options: { readonly timeoutMs?: number } = {}): LoadedWorkflow => {
  const realm = new Realm(hash)
  installAppsmith(realm)
  const module = { exports: {} as Record<string, unknown> }
  const evaluate = () => realm.compile(bundle, FILE_NAME).call(module.exports, module.exports, requireIn(realm), module)
  // A timeout costs a thread: only where nobody else watches.
  if (options.timeoutMs === undefined) realm.enter(undefined, evaluate)
  else realm.load(evaluate, options.timeoutMs)
  const stackOf = createStackReader(bundle, FILE_NAME)
  if (isAppsmithModule(module.exports)) return { realm, definition: undefined, stackOf, execute: appsmithWorkflow(module.exports) }
  const definition = module.exports['default']
  if (!isDefinition(definition)) {
    throw new Error(
      'The module exports no workflow: write `export default workflow({ id: … }, async (run, input) => { … })`, or export a function executeWorkflow(data).',
    )
  }
  return { realm, definition, stackOf, execute: (run, input) => definition.execute(run, checked(realm, definition, input)) }
}

const checked = (realm: Realm, { id, input: schema }: Definition, input: unknown): unknown =>
  isSchema(schema) ? parseWith(realm, schema, input ?? undefined, { code: 'DATA_INVALID', what: `The input of workflow ${id}` }) : input

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' &&
  value !== null &&
  (value as { kind?: unknown }).kind === 'workflow' &&
  typeof (value as { execute?: unknown }).execute === 'function'
