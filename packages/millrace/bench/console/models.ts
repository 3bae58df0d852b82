/** Workflows of the seeded server: people who decide, steps that run alone, code, waits, failures, and one that is very long. */

/** An editor decides; what is sent back goes to whoever started it. One group per team, as in a company. */
export const review = (team: number): string => `
id: review-${team}
title: Review for team ${team}
payload: path
data:
  amount: { type: number }
  order: { type: object, properties: { id: { type: string }, country: { type: string } } }
  reason: { type: string }
nodes:
  - id: review
    type: participant
    title: "Review {{ payload.path }}"
    assign: "group:team-${team}"
    due: P3D
    routes:
      approve: { to: publish, label: Publish, style: primary }
      reject: { to: rework, label: Send back, style: danger, form: { type: object, properties: { reason: { type: string, title: What should change } } } }
  - { id: rework, type: participant, title: "Rework {{ payload.path }}", assign: initiator, next: review }
  - { id: publish, type: process, title: Publish, task: noop, next: end }
`

export const SHIPMENT = `
id: shipment
title: Ship an order
payload: uuid
data: { order: { type: object, properties: { id: { type: string }, country: { type: string } } }, amount: { type: number }, booked: { type: boolean } }
nodes:
  - { id: how, type: or-split, branches: [ { when: "data.amount < 50.0", to: letter }, { default: true, to: parcel } ] }
  - { id: letter, type: process, title: Send a letter, task: noop, next: book }
  - { id: parcel, type: process, title: Send a parcel, task: noop, next: book }
  - { id: book, type: process, title: Book it, task: data.set, with: { booked: "{{ data.amount >= 0.0 }}" }, next: end }
`

export const CHARGE = `
id: charge
title: Charge a card
payload: none
data: { order: { type: object }, amount: { type: number } }
nodes:
  - { id: charge, type: process, title: Charge, task: test.fail, with: { code: HTTP_503, message: "HTTP 503 from pay.example", retryable: false }, next: end }
`

export const REMINDER = `
id: reminder
title: Remind a customer
payload: none
data: { order: { type: object }, amount: { type: number } }
nodes:
  - { id: sleep, type: wait, title: Wait a month, for: P30D, next: end }
`

/** 10,000 turns, then a person: 10,001 steps and still open. */
export const LONG = `
id: long
title: Import of 10,000 files
payload: none
data: { turns: { type: number }, limit: { type: number } }
nodes:
  - { id: turn, type: process, title: Import a file, task: data.set, with: { turns: "{{ data.turns + 1 }}" }, maxPasses: 100000, next: again }
  - { id: again, type: or-split, title: More files, maxPasses: 100000, branches: [ { when: "data.turns < data.limit", to: turn }, { default: true, to: check } ] }
  - { id: check, type: participant, title: Check the import, assign: "group:team-0", next: end }
`

export const REFUND_CODE = `
import { group, workflow } from '@millrace/workflow'
export default workflow({ id: 'refund', title: 'Refund an order' }, async (run, input: { readonly orderId: string; readonly amount: number }) => {
  run.set({ order: { id: input.orderId }, amount: input.amount })
  if (input.amount < 10) return run.task('noop')
  const answer = await run.ask({ name: 'approve', to: group('team-1'), title: 'Refund ' + input.orderId, routes: ['approve', 'reject'] })
  if (answer.route === 'approve') await run.task('noop')
  return { route: answer.route }
})
`
