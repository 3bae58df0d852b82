/** The embedded host keeps the contract of hosts: in memory, in a file, and in a file that another process opens again and again. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Host } from '@millrace/protocol'
import { createVirtualClock } from '@millrace/testing'
import { describeHost, type OpenHost } from '@millrace/testing/host-contract'
import { openMillrace } from './open-millrace.ts'

const inMemory: OpenHost = async ({ tasks }) => {
  const clock = createVirtualClock()
  const host = await openMillrace({ tasks: [tasks], clock })
  return { host, clock, close: () => host.close() }
}

const inFile: OpenHost = async ({ tasks }) => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-host-'))
  const clock = createVirtualClock()
  const open = (): Promise<Host> => openMillrace({ path: join(folder, 'millrace.db'), runner: 'inline', tasks: [tasks], clock })
  let host = await open()
  return {
    get host() {
      return host
    },
    clock,
    restart: async () => {
      await host.close()
      host = await open()
    },
    close: async () => {
      await host.close()
      await rm(folder, { recursive: true })
    },
  }
}

describeHost('embedded, in memory', inMemory, { restarts: false })
describeHost('embedded, in a file', inFile)
