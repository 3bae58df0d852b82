/** Models that nobody here wrote. They are kept beside the repository, not in it; without them this file skips and says so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkModel } from '../check-model.ts'
import { diffModels } from '../diff/diff-models.ts'
import { compileExpression } from '../expression/compile.ts'
import { declarationsOf } from '../expression/context.ts'
import { hashModel } from '../hash/hash-model.ts'
import { parseModel } from '../text/parse-model.ts'
import { printModel } from '../text/print-model.ts'
import { importAem } from './import.ts'
import { compareAemRuntime } from './runtime/compare.ts'
import { exportAem } from './runtime/export.ts'
import { parseAemRuntime } from './runtime/parse.ts'
import { printAemRuntime } from './runtime/print.ts'
import { toAemRuntime } from './runtime/to-runtime.ts'

const repository = join(dirname(fileURLToPath(import.meta.url)), '../../../..')
const folder = join(process.env['MILLRACE_SAMPLES'] ?? join(repository, '../shared/samples'), 'aem/raw')
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.xml')) : []

const missing = `SKIPPED: no real AEM model is tested, ${folder} has none. Set MILLRACE_SAMPLES to the folder that holds aem/raw.`
if (files.length === 0) process.stderr.write(`\n${missing}\n\n`)

const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8')

describe.each(files)('%s', (file) => {
  const text = textOf(file)
  const { model, problems, unbound, report } = importAem(text, { file })
  if (model === undefined) throw new Error(JSON.stringify(problems))

  test('imports without an error, as a graph whose ids are unique and whose transitions name nodes', () => {
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const ids = model.nodes.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(model.nodes[0]?.type).toBe('start')
    expect(model.transitions.flatMap(({ from, to }) => [from, to]).filter((id) => !ids.includes(id))).toEqual([])
  })

  test('may be synced here', () => {
    const { soundness, problems: found } = checkModel(printModel(model))
    expect(soundness?.verdict).toBe('sound')
    expect(found).toEqual([])
  })

  test('every rule and date that became CEL compiles against the data declared for it', () => {
    const declarations = declarationsOf(model)
    const rules = model.transitions.flatMap(({ rule }) => (typeof rule === 'string' ? [rule] : []))
    const dates = model.nodes.flatMap(({ timeouts = [] }) => timeouts.flatMap(({ at }) => (at === undefined ? [] : [at])))
    expect(rules.flatMap((rule) => compileExpression(rule, declarations, 'boolean').problems)).toEqual([])
    expect(dates.flatMap((date) => compileExpression(date, declarations, 'date').problems)).toEqual([])
  })

  test('every Java class, script and foreign rule is listed at its place, and every task it names is in the model', () => {
    const tasks = JSON.stringify(model.nodes)
    for (const { line, column, name, task, kind, node } of unbound) {
      const here = text.split('\n')[line - 1]?.slice(column - 1) ?? ''
      expect(here, `${node} ${kind}`).toMatch(/^[\w:]+="/)
      if (kind !== 'rule') expect(here).toContain(name)
      if (task !== undefined) expect(tasks).toContain(JSON.stringify(task))
    }
    const named = [...new Set(tasks.match(/"aem:[^"]+"/g) ?? [])].map((task) => JSON.parse(task) as string)
    expect(new Set(unbound.flatMap(({ task }) => task ?? []))).toEqual(new Set(named))
    expect(report?.nodes).toBe(parseAemRuntime(text).runtime?.nodes.length)
  })

  test('comes back as it was: from our text form, and from the file exported for AEM', () => {
    const own = parseAemRuntime(text).runtime
    const { model: again, problems: textProblems } = parseModel(printModel(model))
    if (own === undefined || again === undefined) throw new Error(JSON.stringify(textProblems))
    expect(textProblems).toEqual([])
    expect(compareAemRuntime(toAemRuntime(again), own).filter(({ isFree }) => !isFree)).toEqual([])
    const { xml, problems: losses } = exportAem(again)
    expect(losses).toEqual([])
    const exported = parseAemRuntime(xml).runtime
    expect(exported === undefined ? undefined : compareAemRuntime(exported, own).filter(({ isFree }) => !isFree)).toEqual([])
  })
})

test.each(files.filter((file) => file.endsWith('.runtime.xml')))('%s is printed line by line as AEM wrote it', (file) => {
  // What the repository adds by itself, and the licences of those who published the file.
  const lines = textOf(file)
    .replace(/<!--[\s\S]*?-->\s*/, '')
    .split('\n')
    .filter((line) => !/^ {4}jcr:(?:isCheckedOut|uuid)=/.test(line))
  const { runtime } = parseAemRuntime(textOf(file))
  expect(runtime === undefined ? undefined : printAemRuntime(runtime).split('\n')).toEqual(lines)
})

/** A design and the runtime model that AEM made of it. */
interface Pair {
  readonly design: string
  readonly runtime: string
}

const pairs: readonly Pair[] = files.flatMap((design) => {
  const runtime = design.endsWith('.design.xml')
    ? files.find((file) => file.endsWith('.runtime.xml') && key(file) === key(design))
    : undefined
  return runtime === undefined ? [] : [{ design, runtime }]
})

/** Project and model: the parts between are folders. */
function key(file: string): string {
  const parts = file.replace(/\.(?:design|runtime)\.xml$/, '').split('__')
  return [parts[0], ...parts.filter((part) => /^archetype\d+$/.test(part)), parts.at(-1)].join(' ')
}

/** Files whose two forms had drifted apart when they were published: what differs is in the files, not in how they are read. */
const DRIFTED: { readonly [model: string]: readonly string[] } = {
  'adobe archetype17 associate-metadata': ['description'],
  'adobe archetype17 global-marketing-create-project-workflow': ['description', 'metaData/transient', 'nodes/node1/description'],
}

/** A step was put into one published design by hand and never synced; without it the two forms agree. */
function published(design: string): string {
  return textOf(design).replace(/<process3\s+jcr:description="Create web enabled video formats"[\s\S]*?<\/process3>/, '')
}

test.each(pairs)('Sync of $design gives $runtime', ({ design, runtime }) => {
  const target = parseAemRuntime(textOf(runtime)).runtime
  const { model } = importAem(published(design), { file: design })
  if (target === undefined || model === undefined) throw new Error(`${design} does not import`)
  const differences = compareAemRuntime(toAemRuntime(model), target).filter(({ isFree }) => !isFree)
  expect(differences.map(({ path }) => path)).toEqual(DRIFTED[key(design)] ?? [])
})

test.each(pairs.filter(({ design }) => DRIFTED[key(design)] === undefined))(
  '$design and $runtime give the same model',
  ({ design, runtime }) => {
    const ofDesign = importAem(published(design), { file: design }).model
    const ofRuntime = importAem(textOf(runtime), { file: runtime }).model
    if (ofDesign === undefined || ofRuntime === undefined) throw new Error(`${design} does not import`)
    const { imported, ...model } = ofDesign
    const { imported: other, ...expected } = ofRuntime
    expect(model).toEqual(expected)
    expect({ rules: imported?.rules, choices: imported?.choices }).toEqual({ rules: other?.rules, choices: other?.choices })
    // So that the second of them makes no new version.
    expect(hashModel(ofDesign)).toBe(hashModel(ofRuntime))
    expect(diffModels(ofDesign, ofRuntime)).toEqual([])
  },
)

test('there are pairs of both forms', ({ skip }) => {
  skip(files.length === 0, missing)
  expect(pairs.length).toBeGreaterThanOrEqual(13)
})
