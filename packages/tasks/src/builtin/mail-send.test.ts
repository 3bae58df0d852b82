import type { AddressInfo } from 'node:net'
import type { TaskRunner } from '@millrace/protocol'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test } from 'vitest'
import { attemptOf, never } from '../attempt.fixture.ts'
import { openBuiltinTasks } from '../index.ts'

interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly source: string
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const openServer = async (options: { readonly refuse?: number; readonly password?: string } = {}) => {
  const received: Received[] = []
  const server = new SMTPServer({
    disabledCommands: options.password === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _, callback) =>
      auth.password === options.password ? callback(null, { user: auth.username }) : callback(new Error('Invalid user or password')),
    onRcptTo: (address, _, callback) =>
      callback(options.refuse === undefined ? null : Object.assign(new Error(`Not ${address.address}`), { responseCode: options.refuse })),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((one) => one.address),
          source: Buffer.concat(chunks).toString(),
        })
        callback()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  closing.push(() => new Promise((resolve) => server.close(() => resolve(undefined))))
  return { received, port: (server.server.address() as AddressInfo).port }
}

const openTasks = (port: number, more: { readonly user?: string; readonly password?: string } = {}): TaskRunner => {
  const tasks = openBuiltinTasks({ mail: { host: '127.0.0.1', port, from: 'Millrace <workflow@example.org>', ...more } })
  closing.push(() => tasks.close())
  return tasks
}

const message = { to: 'ana@example.org', subject: 'Grüße', text: 'Please review.' }

describe('mail.send', () => {
  test('delivers to everybody named, with HTML and an attachment', async () => {
    const { received, port } = await openServer()
    const outcome = await openTasks(port).run(
      attemptOf('mail.send', {
        ...message,
        to: ['Ana <ana@example.org>', 'bo@example.org'],
        bcc: 'chief@example.org',
        html: '<b>Please</b>',
        attachments: [{ filename: 'page.txt', content: Buffer.from('hello').toString('base64'), encoding: 'base64' }],
      }),
      never,
    )
    expect(outcome).toMatchObject({
      ok: true,
      output: { accepted: ['ana@example.org', 'bo@example.org', 'chief@example.org'], rejected: [] },
    })
    expect(received).toHaveLength(1)
    const [mail] = received
    expect(mail).toMatchObject({ from: 'workflow@example.org', to: ['ana@example.org', 'bo@example.org', 'chief@example.org'] })
    expect(mail?.source).toContain('Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=')
    expect(mail?.source).toContain('<b>Please</b>')
    expect(mail?.source).toContain('filename=page.txt')
    expect(mail?.source).not.toContain('chief@example.org')
  })

  test('every try of a step carries the same Message-ID, another step another', async () => {
    const { received, port } = await openServer()
    const tasks = openTasks(port)
    await tasks.run(attemptOf('mail.send', message, { attempt: 1 }), never)
    await tasks.run(attemptOf('mail.send', message, { attempt: 2 }), never)
    await tasks.run(attemptOf('mail.send', message, { key: 'other:1' }), never)
    const ids = received.map((mail) => /^Message-ID: (.*)$/im.exec(mail.source)?.[1])
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.org>$/)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })

  test('signs in, and a wrong password is not tried again nor told', async () => {
    const { received, port } = await openServer({ password: 'right' })
    expect(await openTasks(port, { user: 'millrace', password: 'right' }).run(attemptOf('mail.send', message), never)).toMatchObject({
      ok: true,
    })
    expect(received).toHaveLength(1)
    const outcome = await openTasks(port, { user: 'millrace', password: 'wr0ng' }).run(attemptOf('mail.send', message), never)
    expect(outcome).toMatchObject({ ok: false, error: { code: 'MAIL_FAILED', retryable: false } })
    expect(JSON.stringify(outcome)).not.toContain('wr0ng')
  })

  test('a 4xx answer is tried again, a 5xx is not', async () => {
    const [later, never_] = [await openServer({ refuse: 451 }), await openServer({ refuse: 550 })]
    expect(await openTasks(later.port).run(attemptOf('mail.send', message), never)).toMatchObject({ error: { retryable: true } })
    expect(await openTasks(never_.port).run(attemptOf('mail.send', message), never)).toMatchObject({
      error: { code: 'MAIL_FAILED', retryable: false, details: { responseCode: 550 } },
    })
  })

  test('a mail server that is not there is tried again', async () => {
    expect(await openTasks(1).run(attemptOf('mail.send', message), never)).toMatchObject({
      ok: false,
      error: { code: 'MAIL_FAILED', retryable: true },
    })
  })

  test('without a mail server it says what to configure', async () => {
    expect(await openBuiltinTasks().run(attemptOf('mail.send', message), never)).toMatchObject({
      error: { code: 'MAIL_NOT_CONFIGURED', retryable: false },
    })
  })

  test('a header cannot be smuggled into an address, and a file cannot be attached by its path', async () => {
    const tasks = openBuiltinTasks()
    const smuggled = { ...message, to: 'ana@example.org\r\nBcc: x@example.org' }
    expect(await tasks.run(attemptOf('mail.send', smuggled), never)).toMatchObject({ error: { code: 'INPUT_INVALID' } })
    const path = { ...message, attachments: [{ filename: 'x', path: '/etc/passwd' }] }
    expect(await tasks.run(attemptOf('mail.send', path), never)).toMatchObject({ error: { code: 'INPUT_INVALID' } })
  })
})
