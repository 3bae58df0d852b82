import { defineTask, WorkflowError } from '@millrace/workflow'
import { z } from 'zod'

/** What the bank of this example pays at most. */
const BANK_LIMIT = 10_000

/**
 * Pays the money back. The bank is part of the example, so it runs without a network; a real one would be called with `fetch`, given
 * `context.signal` to stop and `context.key` to pay no refund twice.
 */
export const refund = defineTask(
  {
    name: 'refund.pay',
    title: 'Pay the money back',
    input: z.object({ orderId: z.string(), amount: z.number().positive() }),
    output: z.object({ status: z.literal('paid'), reference: z.string(), amount: z.number() }),
    retry: { attempts: 5, initial: '1s' },
    timeout: '30s',
  },
  async ({ orderId, amount }, context) => {
    if (amount > BANK_LIMIT) {
      throw new WorkflowError('BANK_LIMIT', `The bank pays at most ${BANK_LIMIT} €, not ${amount} € for order ${orderId}.`, {
        retryable: false,
      })
    }
    context.log(`Paid ${amount} € for order ${orderId}`)
    return { status: 'paid' as const, reference: `refund-${context.key}`, amount }
  },
)
