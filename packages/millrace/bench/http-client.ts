/** The other end of the HTTP cases: a pool of connections in a process of its own. Node's `fetch` would be the bottleneck. */
import { Pool } from 'undici'
import { measure } from './measure.ts'

interface Job {
  readonly url: string
  readonly token: string
  readonly workflow: string
  readonly total: number
  readonly concurrency: number
}

const run = async (job: Job): Promise<void> => {
  const pool = new Pool(job.url, { connections: Math.min(job.concurrency, 64), pipelining: 4 })
  const headers = { authorization: `Bearer ${job.token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ workflow: job.workflow })
  const call = async (): Promise<void> => {
    const answer = await pool.request({ path: '/api/v1/instances', method: 'POST', headers, body })
    if (answer.statusCode >= 300) throw new Error(`${answer.statusCode}: ${await answer.body.text()}`)
    await answer.body.dump()
  }
  await measure({ total: Math.ceil(job.total / 4), concurrency: job.concurrency }, call) // warm
  const measured = await measure({ total: job.total, concurrency: job.concurrency }, call)
  await pool.close()
  process.send?.(measured, () => process.exit(0))
}

process.once('message', (message) => void run(message as Job))
