/** The browser checks a form as it is typed, the server has the last word: one corpus says that they speak with one voice. */
import { validate } from '@millrace/engine'
import { describe, expect, test } from 'vitest'
import corpus from './corpus.json' with { type: 'json' }
import { problemsOf } from './problems.ts'
import { unitsOf } from './validator.ts'

interface Case {
  readonly name: string
  readonly schema: Parameters<typeof unitsOf>[0]
  readonly values: readonly { readonly value: Parameters<typeof unitsOf>[1]; readonly valid: boolean }[]
}

const cases = corpus.cases as readonly Case[]

describe.each(cases)('$name', ({ schema, values }) => {
  test.each(values)('$value: $valid', ({ value, valid }) => {
    const units = unitsOf(schema, value)
    expect({ browser: units?.length === 0, server: validate(schema, value).length === 0 }).toEqual({ browser: valid, server: valid })
  })

  test('what is wrong is told at a field', () => {
    for (const { value, valid } of values) expect(problemsOf(schema, value).length > 0).toBe(!valid)
  })
})
