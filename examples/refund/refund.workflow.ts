import { group, workflow } from '@millrace/workflow'
import { z } from 'zod'
import { refund } from './refund.task.ts'

/** Refunds below this are paid without asking anybody. */
const SMALL_AMOUNT = 10

const Input = z.object({
  orderId: z.string().min(1).describe('Number of the order'),
  amount: z.number().positive().describe('How much to pay back, in euros'),
})

/** A refund: small ones are paid at once, others wait for somebody of finance, for as long as it takes. */
export default workflow({ id: 'refund', title: 'Refund an order', input: Input }, async (run, input) => {
  if (input.amount < SMALL_AMOUNT) return run.task(refund, input)

  run.set({ stage: 'approval', orderId: input.orderId, amount: input.amount })
  const answer = await run.ask({
    name: 'approve-refund',
    to: group('finance'),
    title: `Refund ${input.orderId}`,
    description: `Order **${input.orderId}** is to be refunded with ${input.amount} €.`,
    routes: [
      { name: 'approve', label: 'Approve', style: 'primary' },
      { name: 'reject', label: 'Reject', style: 'danger', form: z.object({ reason: z.string().min(3).describe('Why not') }) },
    ],
    dueIn: '2d',
  })

  if (answer.route === 'reject') {
    run.log(`${answer.by} rejected the refund`, { reason: answer.form.reason })
    run.set({ stage: 'rejected' })
    return { status: 'rejected', reason: answer.form.reason }
  }

  run.set({ stage: 'paying' })
  const paid = await run.task(refund, input)
  run.set({ stage: 'paid' })
  return paid
})
