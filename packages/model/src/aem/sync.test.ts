/**
 * Sync of a design gives the runtime model, and both forms give one model. The pairs are written by hand from the grammar, one per
 * construct; `real-models.test.ts` has those of real projects.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { checkModel } from '../check-model.ts'
import { modelSchema } from '../json-schema/model-schema.ts'
import { parseModel } from '../text/parse-model.ts'
import { modelFields, printModel } from '../text/print-model.ts'
import { CHOICE_PAIRS } from './choice-pairs.fixture.ts'
import { importAem } from './import.ts'
import { designPage, runtimePage } from './pair.fixture.ts'
import { compareAemRuntime } from './runtime/compare.ts'
import { exportAem } from './runtime/export.ts'
import { parseAemRuntime } from './runtime/parse.ts'
import { toAemRuntime } from './runtime/to-runtime.ts'
import { SPLIT_PAIRS } from './split-pairs.fixture.ts'
import { STEP_PAIRS } from './step-pairs.fixture.ts'

const pairs = [...STEP_PAIRS, ...SPLIT_PAIRS, ...CHOICE_PAIRS]

const accepts = new Ajv2020({ strict: false }).compile(modelSchema)

describe.each(pairs)('$name', ({ flow, nodes, transitions, properties = {}, metaData = {}, variables = '', onlyInDesign = [] }) => {
  const design = designPage('A model', flow, { properties, variables })
  const runtimeText = runtimePage('A model', nodes, transitions, { metaData, variables })
  const fromDesign = importAem(design, { file: 'a-model.design.xml' })
  const fromRuntime = importAem(runtimeText, { file: 'a-model.runtime.xml' })
  const { runtime } = parseAemRuntime(runtimeText)
  const model = fromDesign.model
  if (model === undefined || runtime === undefined) throw new Error(JSON.stringify([...fromDesign.problems, ...fromRuntime.problems]))

  test('the design becomes the runtime model', () => {
    expect(compareAemRuntime(toAemRuntime(model), runtime).filter(({ isFree }) => !isFree)).toEqual([])
  })

  test('both forms give one model', () => {
    const { imported, ...rest } = model
    const { imported: other, ...expected } = fromRuntime.model ?? {}
    expect(withoutEntries(rest, onlyInDesign)).toEqual(withoutEntries(expected, onlyInDesign))
    expect(imported?.rules).toEqual(other?.rules)
    expect(imported?.choices).toEqual(other?.choices)
    expect(imported?.variables).toEqual(other?.variables)
    expect(imported?.fallThroughs).toEqual(other?.fallThroughs)
  })

  test('editors accept its text', () => {
    accepts(modelFields(model))
    expect(accepts.errors).toBeNull()
  })

  test('the model may be synced here', () => {
    const { soundness, problems } = checkModel(printModel(model))
    expect(soundness?.verdict).toBe('sound')
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  test('nothing is lost on the way through our own text and through the exported file', () => {
    const { model: again, problems } = parseModel(printModel(model))
    expect(problems).toEqual([])
    expect(again === undefined ? undefined : compareAemRuntime(toAemRuntime(again), toAemRuntime(model))).toEqual([])
    const exported = exportAem(model)
    expect(exported.problems).toEqual([])
    expect(parseAemRuntime(exported.xml).runtime).toEqual(toAemRuntime(model))
  })
})

/** A model without what only one of the forms has: a free difference of Sync. */
function withoutEntries(model: object, entries: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(model), function strip(this: { readonly id?: string }, key: string, value: unknown): unknown {
    if (key !== 'metadata' || typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).filter(([name]) => !entries.includes(`${this.id}/${name}`)))
  })
}
