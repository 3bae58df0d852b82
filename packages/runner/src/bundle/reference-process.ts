/** Evaluates a file of tasks or a workflow and prints what it exports. Started by reference.ts. */
import { pathToFileURL } from 'node:url'
import { resolveOurPackages } from '../authors/resolve-our-packages.ts'
import { ANSWER } from './answer.ts'

resolveOurPackages()
const [file = ''] = process.argv.slice(2)
const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>
const references = Object.entries(module).flatMap(([exported, value]): readonly object[] => {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return []
  if (value.kind === 'workflow' && 'id' in value) return [{ exported, kind: 'workflow', id: value.id }]
  if (value.kind !== 'task' || !('name' in value)) return []
  const { retry, timeout } = value as { readonly retry?: unknown; readonly timeout?: unknown }
  return [{ exported, kind: 'task', name: value.name, retry, timeout }]
})
process.stdout.write(`\n${ANSWER}${JSON.stringify(references)}\n`, () => process.exit(0))
