import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Host } from '@millrace/protocol'
import { createApiToken, createServer } from '@millrace/server'
import { line, type Measured } from '../measure.ts'

/** Starts over HTTP, by a pooled client in another process beside the server. */
export const http = async (host: Host, print: (text: string) => void, scale: number): Promise<void> => {
  const server = await createServer({ host, version: 'bench', logLevel: 'warn' })
  const url = await server.listen({ port: 0 })
  const { secret } = await createApiToken(host.store, { user: 'bench', name: 'bench', nowMs: Date.now() })
  try {
    for (const [workflow, steps] of [
      ['chain-1', 1],
      ['chain-10', 10],
    ] as const) {
      for (const concurrency of [200, 1]) {
        const total = Math.round(((concurrency === 1 ? 1_000 : 20_000) * scale) / (steps === 10 ? 4 : 1))
        const measured = await fromClient({ url, token: secret, workflow, total, concurrency })
        print(line(`HTTP, graph, ${steps} ${steps === 1 ? 'step' : 'steps'}, ${concurrency} at once`, measured))
      }
    }
  } finally {
    await server.close()
  }
}

const fromClient = (job: object): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, '../http-client.ts'), { stdio: 'inherit' })
    child.once('message', (message) => resolve(message as Measured))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The client ended with ${code}.`)))
    child.send(job)
  })
