/** The world outside of Millrace: a ledger that nobody can take back, as a bank would keep it. */
import { appendFileSync } from 'node:fs'
import { defineTask } from '@millrace/workflow'
import { z } from 'zod'

/** Writes the attempt's idempotency key into a file, one line per try. */
export const pay = defineTask(
  {
    name: 'outside.pay',
    title: 'Pay',
    input: z.object({ ledger: z.string() }),
    output: z.object({ paid: z.string() }),
    retry: { attempts: 5 },
  },
  async ({ ledger }, context) => {
    appendFileSync(ledger, `${context.key}\n`)
    return { paid: context.key }
  },
)
