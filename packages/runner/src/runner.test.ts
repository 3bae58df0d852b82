/** What holds for every runner, inline and in a process: the meaning of a delivery, of a race, of a replay. */
import type { Runner } from '@millrace/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { JournalHost, START_MS } from './fixture/journal-host.fixture.ts'
import { BundleShelf, removeFiles } from './fixture/workflow-files.fixture.ts'
import { openInlineRunner, openProcessRunner } from './index.ts'

const shelf = new BundleShelf()
const warnings: string[] = []
const onWarning = (message: string) => void warnings.push(message)

afterAll(removeFiles)

describe.each([
  ['inline', () => openInlineRunner({ loadBundle: shelf.load, onWarning })],
  ['process', () => openProcessRunner({ loadBundle: shelf.load, onWarning, stuckAfterMs: 5_000 })],
])('the %s runner', (_, open) => {
  let runner: Runner
  beforeAll(() => {
    runner = open()
  })
  afterAll(() => runner.close())

  let instances = 0
  const host = async (code: string, input?: unknown) =>
    new JournalHost({ runner, bundle: await shelf.body(code), input: (input ?? null) as never, instance: `i-${++instances}` })

  test('runs the function until it waits, and gives the calls it made in order', async () => {
    const one = await host(
      `
      run.log('before')
      const paid = await run.task('pay', { amount: input.amount })
      run.set({ paid })
      return paid.id`,
      { amount: 3 },
    )
    expect(await one.start()).toEqual({
      kind: 'calls',
      calls: [
        { call: 1, kind: 'log', message: 'before' },
        { call: 2, kind: 'task', name: 'pay', task: 'pay', input: { amount: 3 } },
      ],
    })
    expect(await one.result('pay', { id: 7 })).toEqual({
      kind: 'calls',
      calls: [{ call: 3, kind: 'set', data: { paid: { id: 7 } } }],
      outcome: { kind: 'returned', output: 7 },
    })
  })

  test('drains every microtask that follows from a delivery, however long the chain', async () => {
    const one = await host(`
      for (let i = 0; i < 20_000; i++) await null
      await Promise.all(Array.from({ length: 500 }, async (_, i) => { for (let n = 0; n < i; n++) await Promise.resolve(n) }))
      await new Promise((resolve) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(resolve))))
      async function* numbers() { for (let i = 0; i < 100; i++) yield i }
      let sum = 0
      for await (const n of numbers()) sum += n
      const checked = await z.object({ sum: z.number().refine(async (n) => n > 0) }).parseAsync({ sum })
      await run.task('after', checked)`)
    expect((await one.start()).calls).toMatchObject([{ call: 1, kind: 'task', input: { sum: 4950 } }])
  })

  test('delivers one result at a time: the calls that follow from the first are made before the second is seen', async () => {
    const one = await host(`
      const branch = async (name) => { await run.task(name); await run.task(name + '-2') }
      await Promise.all([branch('a'), branch('b')])`)
    await one.start()
    expect((await one.result('b')).calls).toMatchObject([{ call: 3, name: 'b-2' }])
    expect((await one.result('a')).calls).toMatchObject([{ call: 4, name: 'a-2' }])
  })

  test('keeps what Promise.all, race, any and allSettled mean', async () => {
    const one = await host(`
      const first = await Promise.race([run.task('slow'), run.task('quick')])
      const any = await Promise.any([run.task('fails'), run.task('works')])
      const all = await Promise.all([run.task('x'), run.task('y')])
      const settled = await Promise.allSettled([run.task('good'), run.task('bad')])
      return { first, any, all, settled: settled.map((each) => each.status) }`)
    await one.start()
    await one.result('quick', 'Q')
    await one.failure('fails', { code: 'TASK_FAILED', message: 'no' })
    await one.result('works', 'W')
    await one.result('y', 'Y')
    await one.result('x', 'X')
    await one.failure('bad', { code: 'TASK_FAILED', message: 'no' })
    expect((await one.result('good')).outcome).toEqual({
      kind: 'returned',
      output: { first: 'Q', any: 'W', all: ['X', 'Y'], settled: ['fulfilled', 'rejected'] },
    })
  })

  test('draws the chance of the run whose journal a restart kept, and shows that run', async () => {
    const bundle = await shelf.body(`
      await run.task('first', { id: run.uuid(), run: run.instance.run })
      await run.task('second', { id: run.uuid() })
      return run.instance.run`)
    const instance = `i-${++instances}`
    const one = new JournalHost({ runner, bundle, instance })
    const [first] = (await one.start()).calls
    const [second] = (await one.result('first')).calls
    const two = new JournalHost({ runner, bundle, instance, run: 2, asRun: 1 })
    two.record({ kind: 'start' }, first === undefined ? [] : [first])
    expect((await two.result('first')).calls).toEqual([second])
    two.forget()
    expect((await two.result('second')).outcome).toEqual({ kind: 'returned', output: 1 })
    const fresh = new JournalHost({ runner, bundle, instance, run: 3 })
    expect((await fresh.start()).calls).not.toEqual([first])
  })

  test('leaves the loser of Promise.race pending, so that a loop can race the same request again', async () => {
    const one = await host(`
      const answer = run.ask({ to: group('finance'), title: 'Approve', routes: ['approve'] })
      for (let reminders = 0; ; reminders++) {
        const first = await Promise.race([answer, run.sleep('1d', { name: 'reminder' }).then(() => 'remind')])
        if (first !== 'remind') return { by: first.by, reminders }
      }`)
    expect((await one.start()).calls).toHaveLength(2)
    expect((await one.result('reminder')).calls).toMatchObject([{ call: 3, kind: 'sleep', forMs: 86_400_000 }])
    expect((await one.result('reminder')).calls).toMatchObject([{ call: 4, kind: 'sleep' }])
    expect((await one.answer('ask', 'approve')).outcome).toEqual({ kind: 'returned', output: { by: 'ana', reminders: 2 } })
  })

  test('withdraws what the losers of run.race wait for, in the same answer as the winner', async () => {
    const one = await host(`
      const first = await run.race({
        answer: () => run.ask({ to: user('ana'), title: 'Confirm', routes: ['yes', 'no'] }),
        chain: async () => { await run.task('one'); await Promise.all([run.task('two'), run.task('three')]) },
        late: run.sleep('2d'),
      })
      await run.task('next', first)`)
    await one.start()
    expect((await one.result('one')).calls).toMatchObject([{ name: 'two' }, { name: 'three' }])
    expect((await one.answer('ask', 'no')).calls).toMatchObject([
      { kind: 'withdraw', calls: [1, 4, 5] },
      { kind: 'task', name: 'next', input: { winner: 'answer', value: { route: 'no', by: 'ana' } } },
    ])
    // Late: the engine withdrew it, but its result was on the way.
    expect(await one.result('two')).toEqual({ kind: 'calls', calls: [] })
    expect((await one.result('next')).outcome).toEqual({ kind: 'returned' })
  })

  test('gives no calls to a branch that lost and goes on', async () => {
    const one = await host(`
      let release
      const gate = new Promise((resolve) => { release = resolve })
      await run.race({ quick: () => run.task('quick'), loser: async () => { await gate; run.log('loser'); await run.task('loser') } })
      release()
      await run.task('next')`)
    await one.start()
    expect((await one.result('quick')).calls).toMatchObject([{ kind: 'task', name: 'next' }])
  })

  test('rejects a race with the error of the branch that was first, and withdraws the others', async () => {
    const one = await host(`
      try { await run.race({ a: () => run.task('a'), b: () => run.sleep('1h') }) }
      catch (error) { return [error instanceof WorkflowError, error instanceof Error, error.code, error.message, error.details] }`)
    await one.start()
    const made = await one.failure('a', { code: 'CARD_DECLINED', message: 'Declined.', details: { card: 4 } })
    expect(made.calls).toMatchObject([{ kind: 'withdraw', calls: [2] }])
    expect(made.outcome).toEqual({ kind: 'returned', output: [true, true, 'CARD_DECLINED', 'Declined.', { card: 4 }] })
  })

  test('withdraws what a scope leaves when it returns or throws, nested ones included', async () => {
    const one = await host(`
      const answer = await run.scope(async (scope) => {
        const remind = async () => { for (;;) { await scope.sleep('1d'); await scope.task('remind') } }
        void remind()
        void run.scope(async () => { await run.waitFor('never') })
        return scope.ask({ to: group('finance'), title: 'Approve', routes: ['approve'] })
      })
      await run.scope(async () => { void run.sleep('1h', { name: 'left' }); throw new Error('inside') }).catch((error) => run.log(error.message))
      return answer.route`)
    await one.start()
    await one.result('sleep')
    await one.result('remind')
    const made = await one.answer('ask', 'approve')
    expect(made.calls).toMatchObject([
      { kind: 'withdraw', calls: [2, 5] },
      { kind: 'sleep', name: 'left' },
      { kind: 'withdraw', calls: [7] },
      { kind: 'log', message: 'inside' },
    ])
    expect(made.outcome).toEqual({ kind: 'returned', output: 'approve' })
  })

  test('ends with the function: calls of what floats on do not happen, and late results change nothing', async () => {
    const one = await host(`
      const float = async () => { await run.task('floating'); await run.task('never called') }
      void float()
      await run.task('awaited')
      return 'done'`)
    await one.start()
    expect((await one.result('awaited')).outcome).toEqual({ kind: 'returned', output: 'done' })
    expect(await one.try({ kind: 'result', call: 1 })).toEqual({ kind: 'calls', calls: [], outcome: { kind: 'returned', output: 'done' } })
  })

  test('types answers by route and form, and refuses an answer that the form refines away', async () => {
    const one = await host(`
      const ask = () => run.ask({
        to: [user('ana'), group('finance')], title: 'Refund', priority: 80, dueIn: '1h30m',
        form: z.object({ note: z.string().default('none') }),
        routes: ['approve', { name: 'reject', style: 'danger', commentRequired: true, form: z.object({ reason: z.string().refine((r) => r !== 'because', 'say more') }) }],
      })
      const first = await ask()
      const second = await ask().catch((error) => ({ code: error.code, message: error.message }))
      return { first, second }`)
    const { calls } = await one.start()
    expect(calls).toEqual([
      {
        call: 1,
        kind: 'ask',
        name: 'ask',
        to: ['user:ana', 'group:finance'],
        title: 'Refund',
        priority: 80,
        dueInMs: 5_400_000,
        form: { type: 'object', properties: { note: { type: 'string', default: 'none' } } },
        routes: [
          { name: 'approve' },
          {
            name: 'reject',
            style: 'danger',
            commentRequired: true,
            form: { type: 'object', properties: { reason: { type: 'string' } }, required: ['reason'] },
          },
        ],
      },
    ])
    await one.result('ask', { route: 'approve', answer: {}, by: 'cleo', comment: 'fine' })
    expect((await one.answer('ask', 'reject', { reason: 'because' })).outcome).toEqual({
      kind: 'returned',
      output: {
        first: { route: 'approve', form: { note: 'none' }, by: 'cleo', comment: 'fine' },
        second: { code: 'ANSWER_INVALID', message: 'The answer to "Refund" does not fit its schema: /reason say more.' },
      },
    })
  })

  test('makes every other kind of call', async () => {
    const one = await host(`
      run.publish('order.refunded', { id: 1 }, { key: 'o-1' })
      const waited = run.waitFor('payment', { key: 'o-1', within: '3d', body: z.object({ cents: z.number() }) })
      const child = run.start('publish-page', { a: 1 }, { title: 'Publish', version: 3, data: { x: 1 }, payload: { path: '/home' } })
      const until = run.sleep(new Date(Date.UTC(2027, 0, 1)), { name: 'new year' })
      const task = run.task('pay', undefined, { name: 'pay again', retry: { attempts: 4, initial: '2s', max: 'PT1M', nonRetryable: ['NO'] }, timeout: '30s' })
      console.warn('careful %s', 'now')
      await Promise.all([waited, child, until, task])
      return run.continueAsNew({ page: 2 })`)
    expect((await one.start()).calls).toEqual([
      { call: 1, kind: 'publish', message: 'order.refunded', body: { id: 1 }, key: 'o-1' },
      { call: 2, kind: 'wait-for', name: 'payment', message: 'payment', key: 'o-1', withinMs: 259_200_000 },
      {
        call: 3,
        kind: 'start',
        name: 'publish-page',
        start: {
          workflow: 'publish-page',
          version: 3,
          payload: { kind: 'path', ref: '/home' },
          data: { x: 1 },
          input: { a: 1 },
          title: 'Publish',
        },
      },
      { call: 4, kind: 'sleep', name: 'new year', untilMs: Date.UTC(2027, 0, 1) },
      {
        call: 5,
        kind: 'task',
        name: 'pay again',
        task: 'pay',
        retry: { attempts: 4, initialMs: 2_000, factor: 2, maxMs: 60_000, jitter: 0.2, nonRetryable: ['NO'] },
        attemptTimeoutMs: 30_000,
      },
      { call: 6, kind: 'log', message: 'careful now', fields: { level: 'warn' } },
    ])
    await one.result('payment')
    await one.result('publish-page')
    await one.result('new year')
    expect(await one.result('pay again')).toEqual({ kind: 'calls', calls: [{ call: 7, kind: 'continue-as-new', input: { page: 2 } }] })
  })

  test('shows the time of the delivery as the clock, and the same chance at every replay', async () => {
    const one = await host(`
      const seen = () => [run.now(), Date.now(), new Date().toISOString(), performance.now(), Math.random(), run.random(), run.uuid(), crypto.randomUUID(),
        Array.from(crypto.getRandomValues(new Uint8Array(5))), new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format()]
      const first = seen()
      await run.task('x')
      await run.task('y', [first, seen()])`)
    await one.start()
    const { calls } = await one.result('x')
    const [first, second] = (calls[0] as unknown as { readonly input: readonly (readonly unknown[])[] }).input
    expect(first?.slice(0, 4)).toEqual([START_MS, START_MS, '2026-01-01T00:00:00.000Z', 0])
    expect(second?.slice(0, 4)).toEqual([START_MS + 1_000, START_MS + 1_000, '2026-01-01T00:00:01.000Z', 1_000])
    expect(first?.[9]).toBe('1/1/2026')
    expect(new Set([...(first ?? []).slice(4, 8), ...(second ?? []).slice(4, 8)]).size).toBe(8)

    one.journal.splice(-1)
    one.journal.splice(-1)
    one.calls.splice(-1)
    one.forget()
    expect(await one.try({ kind: 'result', call: 1 })).toMatchObject({
      calls: [{ input: [first, { 4: second?.[4], 6: second?.[6], 7: second?.[7] }] }],
    })
  })

  test('replays from the journal when it does not hold the instance, and goes on where it was', async () => {
    const one = await host(`
      const seen = []
      for (let i = 0; i < 5; i++) { seen.push(await run.task('t' + i)); run.set({ i }) }
      return seen`)
    await one.start()
    for (let i = 0; i < 4; i++) {
      one.forget()
      expect((await one.result(`t${i}`, i)).calls).toMatchObject([{ kind: 'set' }, { kind: 'task', name: `t${i + 1}` }])
    }
    expect(one.replays).toBe(4)
    expect((await one.result('t4', 4)).outcome).toEqual({ kind: 'returned', output: [0, 1, 2, 3, 4] })
    expect(one.replays).toBe(4)
  })

  test('replays when it remembers more calls than were committed', async () => {
    const one = await host(`await run.task('a'); await run.task('b'); await run.task('c')`)
    await one.start()
    // The commit that held the answer failed: what the runner remembers did not happen.
    await one.try({ kind: 'result', call: 1 })
    expect((await one.result('a')).calls).toMatchObject([{ name: 'b' }])
    expect(one.replays).toBe(1)
  })

  test('begins afresh for the next run of the same instance', async () => {
    const bundle = await shelf.body(`await run.task('a', [run.instance.run, run.uuid()]); await run.task('b')`)
    const first = new JournalHost({ runner, bundle, instance: 'again', run: 1 })
    const second = new JournalHost({ runner, bundle, instance: 'again', run: 2 })
    const [one] = (await first.start()).calls
    const [two] = (await second.start()).calls
    expect(one).toMatchObject({ call: 1, input: [1, expect.any(String)] })
    expect(two).toMatchObject({ call: 1, input: [2, expect.any(String)] })
    expect(two).not.toEqual({ ...one, input: [2, (one as unknown as { input: string[] }).input[1]] })
    expect((await second.result('a')).calls).toMatchObject([{ call: 2, name: 'b' }])
  })

  test.each([
    ['another call', `await run.task('b')`, { expected: 'task:a', actual: 'task:b', call: 1 }],
    ['a call of another kind', `await run.sleep('1s', { name: 'a' })`, { expected: 'task:a', actual: 'sleep:a', call: 1 }],
    ['no call', `await new Promise(() => undefined)`, { expected: 'task:a', actual: 'nothing', call: 1 }],
    ['a return', `return 1`, { expected: 'task:a', actual: 'nothing', call: 1 }],
    ['one call more', `run.log('new'); await run.task('a')`, { expected: 'task:a', actual: 'log', call: 1 }],
    ['one call more at the end', `await run.task('a'); run.log('x'); await run.task('c')`, { expected: 'task:b', actual: 'log', call: 2 }],
    ['a call later than recorded', `await run.task('a'); await run.task('c')`, { expected: 'task:b', actual: 'task:c', call: 2 }],
  ])('stops an instance whose code made %s than its journal says', async (_name, code, difference) => {
    const recorded = new JournalHost({
      runner,
      bundle: await shelf.body(`await run.task('a'); await run.task('b')`),
      instance: `nd-${++instances}`,
    })
    await recorded.start()
    await recorded.result('a')
    const changed = new JournalHost({ runner, bundle: await shelf.body(code), instance: recorded.instance })
    changed.journal.push(...recorded.journal)
    changed.calls.push(...recorded.calls)
    changed.forget()
    expect(await changed.try({ kind: 'result', call: 2 })).toEqual({
      kind: 'calls',
      calls: [],
      outcome: { kind: 'not-deterministic', ...difference },
    })
  })

  test('names the result of a call that was never made as a difference', async () => {
    const one = await host(`await run.task('a')`)
    await one.start()
    expect(await one.try({ kind: 'result', call: 9 })).toMatchObject({ outcome: { kind: 'not-deterministic', call: 9 } })
  })

  test('fails with the code, the message and the author’s line of an error', async () => {
    const one = await host(
      `
      await run.task('a')
      const check = (amount: number): void => {
        if (amount > 3) throw new WorkflowError('TOO_MUCH', 'At most 3.', { details: { amount } })
      }
      check(input.amount)`,
      { amount: 4 },
    )
    await one.start()
    const { outcome } = await one.result('a')
    expect(outcome).toMatchObject({ kind: 'threw', error: { code: 'TOO_MUCH', message: 'At most 3.', details: { amount: 4 } } })
    expect((outcome as { error: { stack: string } }).error.stack).toMatch(/^ {4}at check \(test\.workflow\.ts:7:\d+\)\n/)
  })

  test('checks the input, gives defaults and transforms, and names every problem', async () => {
    const bundle = await shelf.module(`
      export default workflow({ id: 'test', input: z.object({ amount: z.number().max(10), when: z.coerce.date().optional(), tag: z.string().default('none') }) },
        async (run, input) => [input.tag, input.when instanceof Date, input instanceof Object, input.amount])`)
    const good = new JournalHost({ runner, bundle, instance: 'good', input: { amount: 1, when: '2026-01-01' } })
    expect((await good.start()).outcome).toEqual({ kind: 'returned', output: ['none', true, true, 1] })
    const bad = new JournalHost({ runner, bundle, instance: 'bad', input: { amount: 11 } })
    expect((await bad.start()).outcome).toMatchObject({
      kind: 'threw',
      error: {
        code: 'DATA_INVALID',
        message: 'The input of workflow test does not fit its schema: /amount Too big: expected number to be <=10.',
      },
    })
  })

  test.each([
    [`run.task()`, /run\.task needs a task/],
    [`run.task('x', 1n)`, /task:x cannot be stored as JSON: .*BigInt/],
    [`run.task('x', 1, { timeout: 'soon' })`, /"soon" is no duration: write '45s'/],
    [`run.task('x', 1, { retry: { attempts: 0 } })`, /retry\.attempts is 0/],
    [`run.ask({ title: 'T', to: [], routes: ['a'] })`, /nobody to ask/],
    [`run.ask({ title: 'T', to: 'finance', routes: ['a'] })`, /"finance" is nobody: write user\('ana'\)/],
    [`run.ask({ title: 'T', to: user('a'), routes: [] })`, /has no routes/],
    [`run.ask({ title: 'T', to: user('a'), routes: ['a', 'a'] })`, /has the route a twice/],
    [
      `run.ask({ title: 'T', to: user('a'), routes: ['a'], form: z.object({ at: z.date() }) })`,
      /The form cannot be shown as a form: z\.date\(\) has no JSON; write z\.coerce\.date\(\)/,
    ],
    [`run.sleep('tomorrow')`, /"tomorrow" is no duration/],
    [`run.sleep(new Date(NaN))`, /invalid date/],
    [`run.waitFor('')`, /needs the name of a message/],
    [`run.start()`, /run\.start needs a workflow/],
    [`run.race({})`, /run\.race has no branches/],
  ])('rejects %s with a sentence that helps, before anything is recorded', async (code, message) => {
    const one = await host(`const self = {}; self.self = self; await ${code}`)
    const made = await one.start()
    expect(made.calls).toEqual([])
    expect(made.outcome).toMatchObject({ kind: 'threw', error: { code: 'WORKFLOW_FAILED', message: expect.stringMatching(message) } })
  })

  test('tells of a rejected promise that nobody awaits, with the instance, and goes on', async () => {
    const one = await host(`
      void (async () => { await run.task('a'); throw new Error('forgotten') })()
      await run.task('b')`)
    await one.start()
    await one.result('a')
    expect((await one.result('b')).outcome).toEqual({ kind: 'returned' })
    // Told by now in this process; from the other one before the next answer at the latest.
    await (await host(`return 1`)).start()
    expect(warnings).toContainEqual(
      expect.stringContaining(`Instance ${one.instance}: a promise was rejected and nobody awaits it: forgotten`),
    )
  })

  test('answers with an error when the store has no such bundle', async () => {
    const one = new JournalHost({ runner, bundle: 'missing', instance: 'no-bundle' })
    await expect(one.start()).rejects.toThrow('The store has no bundle missing in workspace default: sync the workflow again.')
  })

  test('fails instances of a bundle made for another ABI, and says so', async () => {
    const bundle = shelf.add({ hash: 'abi-2', bundle: new TextEncoder().encode(`require('millrace:2/workflow')`) })
    const one = new JournalHost({ runner, bundle, instance: 'abi' })
    expect((await one.start()).outcome).toMatchObject({ kind: 'threw', error: { message: expect.stringContaining('made for ABI 2') } })
  })

  test('keeps module variables of two bundles apart', async () => {
    const code = `globalThis.count = (globalThis.count ?? 0) + 1; (Array.prototype as any).mark = 1; return [globalThis.count, ([] as any).mark]`
    expect((await (await host(code)).start()).outcome).toEqual({ kind: 'returned', output: [1, 1] })
    expect((await (await host(`void 'another'; ${code}`)).start()).outcome).toEqual({ kind: 'returned', output: [1, 1] })
    expect('mark' in Array.prototype).toBe(false)
  })
})
