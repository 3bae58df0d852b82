/** Every command that talks to a server, against a real one. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CliFixture, openCli, type Ran } from './cli.fixture.ts'
import { newProject } from './new-project.ts'

const LOCKED = `id: deploy
locks: ["deployment:web"]
nodes:
  - { id: go, type: participant, assign: "user:admin", next: end }
`
const FAILING = `id: failing
data: { url: string }
nodes:
  - { id: charge, type: process, task: test.fail, with: { code: NO_CREDIT, message: Card refused, retryable: false }, next: end }
`
const WAITING = `id: waiting
data: { paid: object }
nodes:
  - { id: paid, type: wait, message: paid, key: A1, result: paid, next: end }
`

const HOOK = `id: hook
nodes:
  - { id: both, type: and-split, branches: [ask, hook] }
  - { id: ask, type: participant, title: Ask, assign: ["user:admin", "group:finance"], next: join }
  - { id: hook, type: wait, title: Hook, callback: true, next: join }
  - { id: join, type: and-join, next: end }
`

let cli: Awaited<ReturnType<typeof openCli>>
let millrace: CliFixture['millrace']
let json: CliFixture['json']

beforeAll(async () => {
  cli = await openCli({
    ...newProject('test'),
    'models/deploy.yaml': LOCKED,
    'models/failing.yaml': FAILING,
    'models/waiting.yaml': WAITING,
    'models/hook.yaml': HOOK,
  })
  millrace = cli.millrace
  json = cli.json
}, 60_000)
afterAll(() => cli.close())

const start = async (...argv: readonly string[]): Promise<string> => (await json<{ readonly id: string }>('instance', 'start', ...argv)).id

/** Rows of a table by its header. */
const rows = ({ out }: Ran): readonly (readonly string[])[] =>
  out
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(/ {2,}/))

const untilIncident = async (id: string): Promise<void> => {
  await expect
    .poll(
      async () => (await json<{ readonly steps: readonly { readonly incident?: unknown }[] }>('instance', 'show', id)).steps[0]?.incident,
    )
    .toBeDefined()
}

describe('on the machine that runs the server', () => {
  test('it is signed in without asking, as whoever started it', async () => {
    expect(await json('whoami')).toMatchObject({ user: 'admin', profile: 'local', roles: ['administrator'] })
  })
})

describe('the main job', () => {
  test('start, reject, rework, approve, and read the history', async () => {
    const started = await millrace('start', 'review', '--payload', '/content/home')
    expect(started.out).toMatch(/^[0-9a-f]{8} {2}RUNNING: an instance of review\./)
    const short = started.out.slice(0, 8)

    const [item] = rows(await millrace('inbox'))
    expect(item?.slice(0, 5)).toEqual([`${short}.1`, 'Review /content/home', '/content/home', 'Review a page', 'group editors'])

    expect(await millrace('work-item', 'reject', short)).toMatchObject({ code: 1, err: expect.stringMatching(/^COMMENT_REQUIRED: /) })
    expect(await millrace('work-item', 'complete', short, 'Send back', '-m', 'price missing')).toMatchObject({ code: 0 })
    expect(await millrace('work-item', 'complete', `${short}.2`)).toMatchObject({ code: 0 })
    expect(await millrace('work-item', 'approve', short, '--as', 'nobody')).toMatchObject({ code: 1 })
    expect((await millrace('work-item', 'approve', short)).out).toMatch(new RegExp(`^${short} {2}(RUNNING|COMPLETED)\n$`))

    const history = await millrace('instance', 'history', short, '--follow')
    expect(history.code).toBe(0)
    expect(history.out.split('\n').map((line) => line.slice(21).trim())).toEqual([
      'created: Review a page: /content/home, review version 1, RUNNING by admin',
      'review            "Review /content/home" waits for group:editors, due in 1 d',
      'review            done: reject by admin "price missing"',
      'rework            "Rework /content/home" waits for admin',
      'rework            done by admin',
      'review            "Review /content/home" waits for group:editors, due in 1 d',
      'review            done: approve by admin',
      'announce          runs log',
      'announce          done',
      'end               passed',
      'COMPLETED',
      '',
    ])
    expect(history.err).toBe(`${short} COMPLETED\n`)
    expect((await millrace('instance', 'show', short)).out).toContain('Status    COMPLETED')
  })

  test('a code workflow is started, answered from the same inbox and completed', async () => {
    const id = await start('refund', '--input', '{"orderId":"A1","amount":40}')
    await expect.poll(async () => (await millrace('inbox', '--search', 'Refund A1')).out, { timeout: 20_000 }).toContain('Refund A1: 40 €')
    const done = await millrace('work-item', 'approve', id, '--follow', '--json')
    const facts = done.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string })
    expect(facts.at(-1)).toMatchObject({ type: 'ended', details: { status: 'COMPLETED', output: { status: 'paid' } } })
    expect(done.code).toBe(0)
  }, 60_000)
})

describe('an instance', () => {
  test('is found by a part of its id, and a part that fits several is refused with them', async () => {
    const id = await start('waiting')
    for (const part of [id, id.slice(-8), id.slice(-4), id.slice(-8, -2)])
      expect(await json('instance', 'show', part)).toMatchObject({ id })
    expect(await millrace('instance', 'show', id.slice(0, 4))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^AMBIGUOUS: .* may be /),
    })
    expect(await millrace('instance', 'show', 'abc')).toMatchObject({ code: 2, err: expect.stringContaining('at least 4 characters') })
    expect(await millrace('instance', 'show', 'ffffffff')).toMatchObject({ code: 1, err: expect.stringMatching(/^NOT_FOUND: /) })
  })

  test('is suspended, resumed, changed, cancelled and restarted', async () => {
    const id = await start('waiting')
    expect(await json('instance', 'suspend', id, '--reason', 'holiday')).toMatchObject({ status: 'SUSPENDED' })
    expect((await millrace('instance', 'list', '--status', 'suspended')).out).toContain('suspended since')
    expect(await json('instance', 'resume', id)).toMatchObject({ status: 'RUNNING' })
    await json('instance', 'data', id, 'paid={"n":1}')
    expect(JSON.parse((await millrace('instance', 'data', id)).out)).toEqual({ paid: { n: 1 } })
    expect(await json('instance', 'cancel', id, '--reason', 'not needed')).toMatchObject({ status: 'ABORTED' })
    expect(await millrace('instance', 'cancel', id)).toMatchObject({ code: 1, err: expect.stringMatching(/^WRONG_STATUS: /) })
    expect(await json('instance', 'restart', id)).toMatchObject({ status: 'RUNNING', run: 2 })
    expect(await json('execution', 'terminate', id)).toMatchObject({ status: 'ABORTED' })
  })

  test('receives a message, for it alone or for whoever waits', async () => {
    const id = await start('waiting')
    expect(await json('message', 'publish', 'paid', '--key', 'B2')).toEqual({ received: 0 })
    expect(
      (await json<{ received: number }>('message', 'publish', 'paid', '--key', 'A1', '--body', '{"amount":5}')).received,
    ).toBeGreaterThan(0)
    expect(await json('instance', 'show', id)).toMatchObject({ status: 'COMPLETED', data: { paid: { amount: 5 } } })
  })

  test('with an incident is listed, explained, tried again and skipped', async () => {
    const id = await start('failing')
    await untilIncident(id)
    const [row] = rows(await millrace('incident', 'list'))
    expect(row?.join(' ')).toContain('NO_CREDIT: Card refused')
    expect((await millrace('doctor')).out).toContain('incident on step Charge: NO_CREDIT: Card refused')
    expect(await json('instance', 'retry', id)).toMatchObject({ id })
    await untilIncident(id)
    expect(await json('instance', 'skip', id)).toMatchObject({ status: 'COMPLETED' })
    expect(await millrace('instance', 'retry', id)).toMatchObject({ code: 1 })
  })

  test('shows for whom its items are, and where a callback is sent to', async () => {
    const id = await start('hook')
    const shown = await millrace('instance', 'show', id)
    expect(shown.out).toMatch(/ask {2,}Ask {2,}user:admin, group:finance /)
    const [, address = ''] = /^Step \d+ goes on with: POST (\S+)$/m.exec(shown.out) ?? []
    expect((await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status).toBe(200)
    expect((await millrace('instance', 'show', id)).out).not.toContain('goes on with')
    expect(await millrace('instance', 'show', id)).toMatchObject({ out: expect.stringContaining('waits for admin or group finance') })
  })

  test('behind a lock is refused, or waits in line with place and reason', async () => {
    const first = await start('deploy')
    expect(await millrace('start', 'deploy')).toMatchObject({ code: 1, err: expect.stringMatching(/^LOCK_HELD: /) })
    const second = await millrace('start', 'deploy', '--queue')
    expect(second.out).toContain('QUEUED, place 1 in line')
    const listed = await millrace('instance', 'list', '--workflow', 'deploy', '--status', 'queued')
    expect(listed.out).toContain(`queued at 1 behind ${first.slice(-8)} on deployment:web`)
    expect(rows(await millrace('lock', 'list')).map((row) => row.slice(0, 2))).toEqual(
      [
        ['deployment:web', 'holds'],
        ['deployment:web', '1'],
      ].map((row) => row),
    )
    await json('work-item', 'complete', first)
    expect(await json('instance', 'show', second.out.slice(0, 8))).toMatchObject({ status: 'RUNNING' })
  })

  test('started twice with one key is one instance', async () => {
    const [a, b] = [await start('waiting', '--key', 'order-7'), await start('waiting', '--key', 'order-7')]
    expect(b).toBe(a)
  })
})

describe('a work item', () => {
  test('is shown, claimed, given back, commented, delegated and sent back', async () => {
    const id = await start('review', '--payload', '/content/a')
    const item = `${id}.1`
    expect((await millrace('work-item', 'show', item)).out).toMatch(/Routes\s+approve \(Approve\), reject \(Send back\)/)
    await json('work-item', 'claim', item)
    expect((await millrace('inbox', '--view', 'mine')).out).toContain(`${id.slice(-8)}.1`)
    await json('work-item', 'unclaim', item)
    await json('work-item', 'comment', item, 'Looking at it')
    expect((await millrace('item', 'show', item)).out).toContain('admin: Looking at it')
    await json('work-item', 'reject', item, '-m', 'no')
    await json('work-item', 'step-back', id)
    expect((await millrace('inbox', '--view', 'started', '--search', '/content/a')).out).toContain(`${id.slice(-8)}.3`)
    expect(await millrace('work-item', 'complete', item, 'approve')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^STEP_CLOSED: /),
    })
    expect(await millrace('work-item', 'complete', `${id}.3`, 'maybe')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Its routes are approve (Approve), reject (Send back).'),
    })
  })
})

describe('publishing', () => {
  test('sync makes versions of what changed, and leaves a model with errors alone', async () => {
    expect((await millrace('sync')).out).toContain('review version 1 (unchanged)')
    const changed = (newProject('test')['models/review.yaml'] ?? '').replace('Review a page', 'Review it')
    await cli.write('models/review.yaml', changed)
    expect(await json('sync', 'models/review.yaml', '--note', 'shorter')).toMatchObject({ workflow: 'review', version: 2, isNew: true })
    expect((await millrace('model', 'versions', 'review')).out).toContain('shorter')
    expect((await millrace('model', 'diff', 'review', '1', '2')).out).toContain('Review it')
    expect((await millrace('model', 'show', 'review')).out).toBe(`${changed.trimEnd()}\n`)

    await cli.write('models/review.yaml', changed.replace('to: rework', 'to: nowhere'))
    const failed = await millrace('sync', 'models/review.yaml')
    expect(failed.code).toBe(1)
    expect(failed.out).toContain('models/review.yaml:17:21 error')
    expect((await millrace('model', 'show', 'review')).out).toBe(`${changed.trimEnd()}\n`)
    await cli.write('models/review.yaml', changed)
  })

  test('sync does not overwrite what somebody changed on the server and nobody synced', async () => {
    const client = await import('@millrace/client')
    const { url, token } = JSON.parse(await readFile(cli.served?.profile.path ?? '', 'utf8')) as {
      readonly url: string
      readonly token: string
    }
    const api = client.createClient({ baseUrl: url, token })
    const { draft } = await api.models.get('waiting')
    await api.models.save('waiting', { text: WAITING.replace('key: A1', 'key: C3'), format: 'yaml' }, { ifMatch: draft?.etag ?? '' })
    await cli.write('models/waiting.yaml', WAITING.replace('key: A1', 'key: D4'))
    expect(await millrace('sync', 'models/waiting.yaml')).toMatchObject({
      code: 1,
      out: expect.stringContaining('STALE_ETAG: admin changed the draft'),
    })
    expect(await json('sync', 'models/waiting.yaml', '--force')).toMatchObject({ version: 2 })
  })

  test('a model is deleted, but for the versions that open instances use', async () => {
    await cli.write('gone.yaml', 'id: gone\nnodes:\n  - { id: ask, type: participant, assign: "user:admin", next: end }\n')
    await json('sync', 'gone.yaml')
    await start('gone')
    expect((await millrace('model', 'delete', 'gone')).out).toMatch(/Kept, because open instances use them: 1\./)
  })

  test('lists tell models from code, and show what can be started', async () => {
    expect(rows(await millrace('workflow', 'list', '--kind', 'code')).map((row) => row[0])).toEqual(['refund'])
    expect(rows(await millrace('models')).map((row) => row[0])).toContain('review')
    expect((await millrace('workflow', 'show', 'refund')).out).toContain('You may  start it: millrace start refund')
    expect((await millrace('task', 'list')).out).toContain('refund.pay')
    expect((await millrace('task', 'show', 'http.request')).out).toContain('Idempotency-Key')
  })
})

describe('people', () => {
  test('are made, put in groups, acted for, and sign in with a password that becomes a token', async () => {
    await cli.withStdin(
      'correct horse battery staple\n',
      'user',
      'add',
      'ana',
      '--display-name',
      'Ana Ruiz',
      '--role',
      'member',
      '--password-stdin',
    )
    await json('group', 'add', 'editors', 'ana')
    expect((await millrace('user', 'list')).out).toMatch(/ana\s+Ana Ruiz\s+member\s+editors/)
    expect(await json('whoami', '--as', 'ana')).toMatchObject({ user: 'ana', actingAdministrator: 'admin' })

    const { url } = await json<{ readonly url: string }>('whoami')
    expect(await cli.withStdin('wrong\n', 'login', url, '--user', 'ana', '--password-stdin')).toMatchObject({
      code: 3,
      err: expect.stringMatching(/^UNAUTHENTICATED: /),
    })
    const signedIn = await cli.withStdin(
      'correct horse battery staple\n',
      'login',
      url,
      '--user',
      'ana',
      '--password-stdin',
      '--profile',
      'ana',
    )
    expect(signedIn).toMatchObject({ code: 0, out: expect.stringContaining('as ana (profile ana).') })
    expect(await json('whoami')).toMatchObject({ user: 'ana', profile: 'ana' })
    expect(await millrace('user', 'list')).toMatchObject({ code: 3, err: expect.stringMatching(/^FORBIDDEN: /) })
    expect((await millrace('token', 'list')).out).toContain('millrace on ')

    expect(await millrace('logout')).toMatchObject({ code: 0, out: expect.stringContaining('Signed out') })
    expect(await json('whoami')).toMatchObject({ user: 'admin' })
    expect((await millrace('token', 'list', '--user', 'ana')).out).not.toContain('millrace on ')
    await json('group', 'remove', 'editors', 'ana')
    await json('user', 'change', 'ana', '--deactivate')
    expect((await millrace('user', 'list', '--search', 'ana')).out).toMatch(/no\s*$/)
    expect((await millrace('user', 'password', 'ana')).out).toMatch(/shown once: \S{12,}/)
  })

  test('a token is made and revoked', async () => {
    const secret = (await millrace('token', 'create', 'ci', '--days', '1')).out.trim()
    expect(secret).toMatch(/^mr_[\w-]{20,}$/)
    const { items } = await json<{ readonly items: readonly { readonly id: string; readonly name: string }[] }>('token', 'list')
    const id = items.find(({ name }) => name === 'ci')?.id ?? ''
    expect((await millrace('token', 'delete', id)).out).toBe(`Revoked token ${id}.\n`)
    expect(await millrace('token', 'delete', id)).toMatchObject({ code: 1, err: expect.stringMatching(/^NOT_FOUND: /) })
  })
})

test('a backup is made and listed', async () => {
  const backup = await json<{ readonly name: string }>('backup', 'create')
  expect((await millrace('backup', 'list')).out).toContain(backup.name)
}, 60_000)

describe('with --json', () => {
  test('an error is one document on stderr, and nothing on stdout', async () => {
    const { code, out, err } = await millrace('instance', 'show', 'ffffffff', '--json')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'NOT_FOUND', message: expect.stringContaining('ffffffff') } })
  })

  test('wrong usage is one too, before any command has run', async () => {
    for (const argv of [['nope'], ['instance', 'show'], ['inbox', '--limit', '0']]) {
      const { code, out, err } = await millrace(...argv, '--json')
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(JSON.parse(err)).toMatchObject({ error: { code: 'USAGE', message: expect.stringMatching(/./) } })
    }
  })

  test('a list is what the API answers', async () => {
    expect(await json('instance', 'list', '--limit', '1')).toMatchObject({
      items: [{ id: expect.any(String) }],
      next: expect.any(String),
      asOf: expect.any(Number),
    })
  })
})
