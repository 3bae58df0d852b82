/** The types authors rely on: checked by `tsc`, together with what is true at run time. */
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { defineTask, group, type Journaled, type JsonValue, type Run, user, WorkflowError, workflow } from './index.ts'

const pay = defineTask(
  {
    name: 'pay',
    input: z.object({ orderId: z.string(), amount: z.number().default(1) }),
    output: z.object({ at: z.date(), id: z.number() }),
  },
  async ({ amount }) => ({ at: new Date(0), id: amount }),
)
const note = defineTask({ name: 'note', input: z.string().optional() }, (text, { attempt }) => ({ text, attempt, when: new Date(0) }))

/** Never called: what counts is that it compiles, and what its expressions are. */
const typed = async (run: Run) => {
  // tasks: input as zod takes it, output as JSON gives it back
  expectTypeOf(await run.task(pay, { orderId: 'a' })).toEqualTypeOf<{ readonly at: string; readonly id: number }>()
  expectTypeOf(await run.task(note)).toEqualTypeOf<{ readonly text: string | undefined; readonly attempt: number; readonly when: string }>()
  expectTypeOf(await run.task('http.request', { url: 'https://example.com' })).toEqualTypeOf<JsonValue>()
  expectTypeOf(await run.task<{ status: number }>('http.request', {})).toEqualTypeOf<{ status: number }>()
  // @ts-expect-error the amount is a number
  await run.task(pay, { orderId: 'a', amount: '1' })
  // @ts-expect-error the input is missing
  await run.task(pay)

  // requests: routes as written, forms by route
  const answer = await run.ask({
    to: group('finance'),
    title: 'Refund',
    form: z.object({ note: z.string().default('') }),
    routes: ['approve', { name: 'reject', form: z.object({ reason: z.string() }) }, { name: 'later', label: 'Ask later' }],
    dueIn: '1h30m',
  })
  expectTypeOf(answer.route).toEqualTypeOf<'approve' | 'reject' | 'later'>()
  expectTypeOf(answer.by).toEqualTypeOf<string>()
  expectTypeOf(answer.comment).toEqualTypeOf<string | undefined>()
  if (answer.route === 'reject') expectTypeOf(answer.form).toEqualTypeOf<{ reason: string }>()
  else expectTypeOf(answer.form).toEqualTypeOf<{ note: string }>()
  const open = await run.ask({ to: [user('ana')], title: 'Read', routes: ['read'] as readonly string[] })
  expectTypeOf(open.route).toEqualTypeOf<string>()
  // @ts-expect-error no such route
  if (answer.route === 'maybe') return
  // @ts-expect-error a bare name is neither a user nor a group
  await run.ask({ to: 'finance', title: 'x', routes: ['a'] })
  // @ts-expect-error no such field in the form
  await run.ask({ to: user('a'), title: 'x', routes: ['a'], form: z.object({ a: z.string() }), initial: { b: 1 } })

  // races: the winner's name narrows its value
  const first = await run.race({
    answer: () => run.ask({ to: user('a'), title: 'x', routes: ['yes', 'no'] }),
    paid: run.task(pay, { orderId: 'a' }),
    late: () => run.sleep('2d'),
  })
  expectTypeOf(first.winner).toEqualTypeOf<'answer' | 'paid' | 'late'>()
  if (first.winner === 'answer') expectTypeOf(first.value.route).toEqualTypeOf<'yes' | 'no'>()
  if (first.winner === 'paid') expectTypeOf(first.value.id).toEqualTypeOf<number>()
  expectTypeOf(await run.scope(async (scope) => (await scope.task(pay, { orderId: 'a' })).id)).toEqualTypeOf<number>()

  // messages, children, durations
  expectTypeOf(await run.waitFor('paid', { body: z.object({ cents: z.number() }) })).toEqualTypeOf<{ cents: number }>()
  expectTypeOf(await run.waitFor('paid', { within: '3d', body: z.object({ cents: z.number() }) })).toEqualTypeOf<{ cents: number } | null>()
  expectTypeOf(await run.waitFor('paid')).toEqualTypeOf<JsonValue>()
  expectTypeOf(await run.start(child, { n: '1' })).toEqualTypeOf<{ readonly n: number; readonly at: string }>()
  expectTypeOf(run.sleep('P1DT2H')).toEqualTypeOf<Promise<void>>()
  // @ts-expect-error no duration
  await run.sleep('tomorrow')
  expectTypeOf(run.continueAsNew({})).toEqualTypeOf<Promise<never>>()
  return undefined
}

const child = workflow({ id: 'child', input: z.object({ n: z.string().transform(Number) }) }, async (_run, input) => {
  expectTypeOf(input).toEqualTypeOf<{ n: number }>()
  return { n: input.n, at: new Date(0) }
})

test('the types hold', () => {
  expectTypeOf(typed).toBeFunction()
  expectTypeOf<Journaled<{ at: Date; f: () => 1; e: unknown }>>().toEqualTypeOf<{ readonly at: string; readonly e: unknown }>()
  expectTypeOf<Journaled<{ a?: Date }>['a']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<Journaled<bigint>>().toEqualTypeOf<never>()
  expectTypeOf<Journaled<readonly [1, Date]>>().toEqualTypeOf<readonly [1, string]>()
  expectTypeOf<Journaled<JsonValue>>().toExtend<JsonValue>()
})

describe('definitions', () => {
  test('carry what they were given, frozen', () => {
    expect(pay).toMatchObject({ kind: 'task', name: 'pay' })
    expect(child).toMatchObject({ kind: 'workflow', id: 'child' })
    expect([Object.isFrozen(pay), Object.isFrozen(child)]).toEqual([true, true])
  })

  test('refuse names that are none, and show one that is', () => {
    expect(() => defineTask({ name: 'two words', input: z.any() }, () => 1)).toThrow(
      `"two words" is no name for a task: use letters, digits and dots, such as 'refund.pay'.`,
    )
    expect(() => workflow({ id: '' }, () => 1)).toThrow(`"" is no id for a workflow`)
    expect(() => group('group:finance')).toThrow(`group("group:finance") names nobody: give the bare name, as in group('finance').`)
    expect(() => user(' ')).toThrow(`as in user('ana')`)
    expect([user('ana@example.com'), group('chief-editors')]).toEqual(['user:ana@example.com', 'group:chief-editors'])
  })

  test('errors keep their code, details and cause', () => {
    const cause = new Error('why')
    const error = new WorkflowError('CARD_DECLINED', 'Declined.', { retryable: false, details: { card: 1 }, cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'WorkflowError',
      code: 'CARD_DECLINED',
      message: 'Declined.',
      retryable: false,
      details: { card: 1 },
      cause,
    })
    expect(new WorkflowError('X', 'x')).not.toHaveProperty('retryable', expect.anything())
  })
})
