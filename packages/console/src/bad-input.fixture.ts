/** Names and texts as bad as people, programs and attackers make them, in every field that takes one: for walks through the console. */
import type { Client } from '@millrace/client'

/** Set by any of the scripts below, were one ever run. */
export const RAN = '__bad_input_ran'

export const SCRIPT = `<img src=x onerror="window.${RAN}=1"><script>window.${RAN}=1</script>`
/** Right-to-left letters, a name that overrides the direction of what follows it, and brackets that must not jump over. */
export const RTL = 'مرحبا (بالعالم) \u202Egpj.exe שלום'
export const EMOJI = '👩🏽‍🚀🏳️‍🌈👨‍👩‍👧‍👦🇨🇿'
export const SCRIPTS = 'Ελληνικά हिन्दी ไทย 日本語 한국어 ქართული ትግርኛ'
export const STACKED = `Z${'\u0310\u0322\u0321'.repeat(12)}algo`
/** What would be replaced, were a text taken for a template of ours. */
export const TEMPLATE = '{{who}} $t(action.close) %s &amp; \\u003c'
export const UNBROKEN = 'Donaudampfschifffahrtsgesellschaft'.repeat(5)
/** 100,000 characters, half of them without a place to break. */
export const LONG = `${'The quick brown fox. '.repeat(2_500)}${'x'.repeat(47_500)}`.slice(0, 100_000)

/** Everything above but the long one, within a limit of letters. */
export const bad = (most = 200): string =>
  [...`${RTL} ${SCRIPT} ${EMOJI} ${SCRIPTS} ${STACKED} ${TEMPLATE} ${UNBROKEN}`].slice(0, most).join('').slice(0, most)

export interface BadInput {
  readonly user: string
  readonly group: string
  readonly model: string
  /** Waits for a person, with a form and comments. */
  readonly waiting: string
  readonly item: string
  /** Stands at an incident. */
  readonly failed: string
  /** Ended with a reason. */
  readonly ended: string
  /** Queued behind a lock. */
  readonly queued: string
  readonly batch: string
}

/** Fills a server through its API, signed in as an administrator. */
export const giveBadInput = async (client: Client): Promise<BadInput> => {
  const user = 'bad-user'
  const group = 'bad-group'
  const model = 'bad-model'
  await client.users.create({
    name: user,
    displayName: bad(),
    email: 'a.very.long.address.of.a.person@a-very-long-domain-name.example',
    roles: ['member'],
  })
  for (let n = 1; n <= 4; n++)
    await client.users.create({ name: `bad-user-${n}`, displayName: [RTL, EMOJI, SCRIPT, UNBROKEN][n - 1] ?? '' })
  await client.groups.save(group, { title: bad(), members: ['admin', user, 'bad-user-1', 'bad-user-2', 'bad-user-3', 'bad-user-4'] })
  await client.tokens.create({ name: bad(100) })
  await client.models.save(model, { text: JSON.stringify(badModel(model)) }, { ifNoneMatch: true })
  await client.models.sync(model, { note: bad(2_000) })
  await client.models.save(
    `${model}-unsound`,
    {
      text: JSON.stringify({
        ...badModel(`${model}-unsound`),
        title: SCRIPT,
        nodes: [{ id: 'a', type: 'process', task: 'nothing.of.the.kind', next: 'missing' }],
      }),
    },
    { ifNoneMatch: true },
  )
  const start = (what: string, locks?: readonly string[]) =>
    client.instances.start({
      workflow: model,
      title: bad(500),
      payload: { kind: 'path', ref: `/content/${bad(1_500)}` },
      data: { what, long: LONG, nested: { [bad(60)]: { [RTL]: SCRIPT, list: [EMOJI, LONG, null] } } },
      ...(locks === undefined ? {} : { locks: [...locks], queue: true }),
    })
  const { id: waiting } = await start('ask', [bad(200)])
  const { id: queued } = await start('ask', [bad(200)])
  const { id: failed } = await start('fail')
  const { id: ended } = await start('ask')
  await client.instances.terminate(ended, { reason: bad(2_000) })
  const item = `${waiting}.1`
  for (const text of [SCRIPT, RTL, LONG.slice(0, 20_000), bad(1_000)]) await client.workItems.comment(item, { text })
  let found = (await client.incidents.groups()).items
  for (let tries = 0; found.length === 0 && tries < 50; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    found = (await client.incidents.groups()).items
  }
  const batch = await client.batches.create({ action: 'retry', group: found[0]?.id ?? '', stages: [], stopAtFailure: true })
  return { user, group, model, waiting, item, failed, ended, queued, batch: batch.id }
}

/** In a model `{{` begins an expression. */
const inModel = (most = 200): string => bad(most).replaceAll('{{', '{_')

const badModel = (id: string) => ({
  id,
  title: inModel(),
  description: inModel(3_000),
  payload: 'path',
  data: { what: { type: 'string', title: inModel(80) }, long: { type: 'string' }, why: { type: 'string' }, nested: { type: 'object' } },
  nodes: [
    {
      id: 'which',
      type: 'or-split',
      branches: [
        { when: "data.what == 'fail'", to: 'fails' },
        { default: true, to: 'ask' },
      ],
    },
    {
      id: 'ask',
      type: 'participant',
      title: `${inModel(300)} {{ payload.path }}`,
      itemDescription: `${SCRIPT}\n\n# ${RTL}\n\n[a link](javascript:window.${RAN}=1) ![picture](https://elsewhere.example/x.png)\n\n{{ data.long }}`,
      assign: 'group:bad-group',
      routes: {
        approve: { to: 'end', label: inModel(100), style: 'primary' },
        reject: { to: 'ask', label: UNBROKEN, style: 'danger', commentRequired: true },
        other: { to: 'end', label: SCRIPT },
      },
      form: {
        type: 'object',
        required: ['why'],
        properties: {
          why: { type: 'string', title: inModel(), description: inModel(500), minLength: 1 },
          choice: { type: 'string', title: RTL, enum: [SCRIPT, RTL, UNBROKEN, EMOJI, STACKED, TEMPLATE] },
          few: { type: 'string', title: SCRIPT, enum: [UNBROKEN, RTL] },
        },
      },
    },
    {
      id: 'fails',
      type: 'process',
      title: inModel(),
      task: 'test.fail',
      with: { code: 'BAD_MESSAGE', message: inModel(2_000), retryable: false },
      next: 'end',
    },
  ],
})
