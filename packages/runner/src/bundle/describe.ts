import path from 'node:path'
import { normalizeDuration, titleFromId } from '@millrace/model'
import type { CodeBundle } from '@millrace/protocol'
import { jsonSchemaOf } from '../core/calls/form.ts'
import { loadWorkflow } from '../core/load-workflow.ts'

type Description = Pick<CodeBundle, 'id' | 'title' | 'inputSchema' | 'starters' | 'locks' | 'retention'>

/** Longest time a module may take to load. */
const LOAD_MS = 5_000

/** Most locks: they are taken at once, and shown in one line. */
const MAX_LOCKS = 20

/** Loads a bundle as the runner will, and reads what it says of itself. @throws what the module throws. */
export const describe = (hash: string, bundle: string, entry: string): Description => {
  const { definition, realm } = loadWorkflow(hash, bundle, { timeoutMs: LOAD_MS })
  if (definition === undefined) {
    const id = idFromFile(entry)
    return { id, title: titleFromId(id) }
  }
  const { id, title, input, locks, starters } = definition
  const retention = retentionOf(definition.retention)
  return {
    id,
    title: title ?? titleFromId(id),
    ...(input === undefined ? {} : { inputSchema: jsonSchemaOf(realm, input, 'The input') }),
    ...(locks === undefined ? {} : { locks: texts(locks, 'locks') }),
    ...(starters === undefined ? {} : { starters: texts(starters, 'starters') }),
    ...(retention === undefined ? {} : { retention }),
  }
}

/** `refund.workflow.ts` is `refund`: the Appsmith shape has no other id. */
const idFromFile = (entry: string): string => path.basename(entry).replace(/(\.workflow)?\.[cm]?[jt]s$/, '')

const texts = (list: readonly string[], what: string): readonly string[] => {
  if (!Array.isArray(list) || list.length > MAX_LOCKS || list.some((each) => typeof each !== 'string' || each === '')) {
    throw new TypeError(
      `${what} must be a list of at most ${MAX_LOCKS} names, such as ${what}: ['${what === 'locks' ? 'deployment:web' : 'group:sales'}'].`,
    )
  }
  return list.map(String)
}

const retentionOf = (retention: unknown): string | undefined => {
  if (retention === undefined) return undefined
  const iso = normalizeDuration(
    typeof retention === 'number' ? `${Math.ceil(retention)}ms` : typeof retention === 'string' ? retention : '',
  )
  if (iso === undefined) throw new TypeError(`retention is ${JSON.stringify(retention)}: write a duration such as '90d'.`)
  return iso
}
