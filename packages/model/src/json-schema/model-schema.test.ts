import { readFileSync } from 'node:fs'
import { type JsonValue, modelFields, modelSchema, parseModel } from '@millrace/model'
import { soundModel } from '@millrace/testing/arbitrary-model'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, discriminator: false, allErrors: false }).compile(
  modelSchema as object,
)

function around(node: string): JsonValue {
  return parse(`id: test\nnodes:\n  - ${node}\n`) as JsonValue
}

describe('the JSON Schema of the text form', () => {
  test('accepts the example', () => {
    validate(parse(readFileSync(new URL('../../../../examples/publish-page/publish-page.yaml', import.meta.url), 'utf8')))
    expect(validate.errors).toBeNull()
  })

  test('accepts every model as it is printed', () => {
    fc.assert(
      fc.property(soundModel({ maxDepth: 2 }), (model) => {
        validate(modelFields(model))
        expect(validate.errors).toBeNull()
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    '{ id: a, type: participant, assign: initiator, routes: { x: end, y: { to: end, label: Y, default: true } } }',
    '{ id: a, type: participant, assign: [user:a, group:b], due: 2d, timeout: [{ after: 1h30m, then: { run: t, with: 1 } }, { at: now, then: fail }], next: end }',
    '{ id: a, type: wait, for: "{{ data.x }}", next: end }',
    '{ id: a, type: or-split, branches: [{ when: { js: return 1 }, to: end }, { when: true, to: end }] }',
    '{ id: a, type: goto, to: a }',
    '{ id: begin, type: start, next: end }',
  ])('accepts, as the parser does: %s', (node) => {
    validate(around(node))
    expect(validate.errors).toBeNull()
    expect(parseModel(`id: test\nnodes:\n  - ${node}\n`).problems.filter(({ code }) => code !== 'NEXT_MISSING')).toEqual([])
  })

  test.each([
    ['an unknown key', '{ id: a, type: process, task: log, titel: A, next: end }'],
    ['a key of another type', '{ id: a, type: process, task: log, assign: initiator, next: end }'],
    ['an unknown type', '{ id: a, type: proces, task: log, next: end }'],
    ['no type', '{ id: a, task: log, next: end }'],
    ['no id', '{ type: process, task: log, next: end }'],
    ['an id that is none', '{ id: 9a, type: process, task: log, next: end }'],
    ['no task', '{ id: a, type: process, next: end }'],
    ['no next', '{ id: a, type: process, task: log }'],
    ['a wrong type of value', '{ id: a, type: process, task: log, retry: 5, next: end }'],
    ['a number out of range', '{ id: a, type: process, task: log, retry: { attempts: 0 }, next: end }'],
    ['a duration that is none', '{ id: a, type: process, task: log, attemptTimeout: soon, next: end }'],
    ['an empty duration', '{ id: a, type: process, task: log, attemptTimeout: PT, next: end }'],
    ['nobody to assign', '{ id: a, type: participant, assign: editors, next: end }'],
    ['a template to assign', '{ id: a, type: participant, assign: "user:{{ x }}", next: end }'],
    ['routes and next', '{ id: a, type: participant, assign: initiator, routes: { x: end }, next: end }'],
    ['a route without a target', '{ id: a, type: participant, assign: initiator, routes: { x: { label: X } } }'],
    [
      'two handlers',
      '{ id: a, type: participant, assign: initiator, timeout: { after: 1d, then: { remind: true, fail: true } }, next: end }',
    ],
    ['an unknown handler', '{ id: a, type: participant, assign: initiator, timeout: { after: 1d, then: nag }, next: end }'],
    ['a deadline without a time', '{ id: a, type: participant, assign: initiator, timeout: { then: fail }, next: end }'],
    [
      'a deadline with two times',
      '{ id: a, type: participant, assign: initiator, timeout: { after: 1d, at: now, then: fail }, next: end }',
    ],
    ['a split with one branch', '{ id: a, type: or-split, branches: [end] }'],
    ['a rule on an and-split', '{ id: a, type: and-split, branches: [{ when: "true", to: end }, end] }'],
    ['a wait for two things', '{ id: a, type: wait, for: 1h, until: now, next: end }'],
    ['a wait for nothing', '{ id: a, type: wait, next: end }'],
    ['a key without a message', '{ id: a, type: wait, for: 1h, key: x, next: end }'],
    ['a version that is none', '{ id: a, type: container, workflow: w, version: 0, next: end }'],
    ['an end that goes on', '{ id: a, type: end, next: end }'],
    ['a goto with a rule and no way past it', '{ id: a, type: goto, to: a, when: "true" }'],
    ['no node at all', 'hello'],
  ])('refuses, as the parser or the rules do: %s', (_, node) => {
    expect(validate(around(node))).toBe(false)
  })

  test.each([
    'nodes: []',
    'payload: file',
    'data: { x: strng }',
    'language: 2',
    'retention: ever',
    'starters: ana',
    'titel: x',
    'imported: { from: jira }',
  ])('refuses a head with %s', (line) => {
    expect(
      validate(
        parse(
          `id: test\nnodes: [{ id: a, type: process, task: log, next: end }]\n${line.startsWith('nodes') ? '' : `${line}\n`}`.replace(
            /nodes: .*\n/,
            line.startsWith('nodes') ? `${line}\n` : '$&',
          ),
        ),
      ),
    ).toBe(false)
  })

  test('every part has words for an editor to show', () => {
    const properties = modelSchema.properties as { readonly [key: string]: { readonly description?: string; readonly $ref?: string } }
    for (const key of ['id', 'title', 'payload', 'data', 'locks', 'starters', 'retention'])
      expect(properties[key]?.description).toMatch(/\w+/)
  })
})
