/**
 * The process that is killed: Millrace as a program opens it, with authors' tasks and code in processes of their own, told what to do over its IPC channel.
 * `node host.fixture.ts FILE`
 */
import { join } from 'node:path'
import { MillraceError } from '@millrace/protocol'
import { openTaskProcess } from '@millrace/runner'
import { openMillrace } from '../open-millrace.ts'
import type { Ask, Told } from './messages.fixture.ts'
import { ANA } from './workload.fixture.ts'

const tell = (message: Told): void => void process.send?.(message)
let isClosed = false
// Closed, it must end by itself: nothing may keep it alive.
process.on('disconnect', () => {
  if (!isClosed) process.exit(1)
})

tell({ kind: 'opening' })
const [path = ''] = process.argv.slice(2)
const tasks = await openTaskProcess({ files: [join(import.meta.dirname, 'outside.task.ts')] })
const host = await openMillrace({
  path,
  tasks: [tasks],
  onDefect: (error, about) => tell({ kind: 'defect', text: `${about}: ${String(error)}` }),
})

const answer = async (ask: Ask): Promise<unknown> => {
  switch (ask.kind) {
    case 'start': {
      const idempotency = { user: 'ana', route: 'start', key: ask.key, bodyHash: ask.workflow }
      const { workflow, ledger } = ask
      const what = workflow === 'refund' ? { input: { ledger } } : workflow === 'paid' ? {} : { data: { ledger } }
      return host.start({ workspace: 'default', workflow, queue: true, ...what }, ANA, { idempotency })
    }
    case 'complete': {
      const { instance, step, route, key } = ask
      const idempotency = { user: 'ana', route: 'complete', key, bodyHash: route }
      return host.command(instance, { kind: 'complete', by: ANA, step, route }, { idempotency })
    }
    case 'publish':
      return host.publish({ workspace: 'default', name: 'paid', key: ask.instance, body: null }, ANA)
    case 'instance':
      return host.instance(ask.instance)
    case 'doctor':
      return host.doctor({})
    case 'close':
      isClosed = true
      return host.close()
  }
}

process.on('message', (ask: Ask) => {
  answer(ask).then(
    (value) => tell({ kind: 'answer', n: ask.n, value }),
    (error: unknown) =>
      tell({ kind: 'refusal', n: ask.n, code: error instanceof MillraceError ? error.code : 'DEFECT', text: String(error) }),
  )
})
tell({ kind: 'ready' })
