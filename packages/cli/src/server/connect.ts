import { type Client, createClient } from '@millrace/client'
import type { ServerFlags, Terminal } from '../cli.ts'
import { findServer } from './find-server.ts'

/** A person waits at the terminal: one repeat covers a server that is just restarting. */
const ATTEMPTS = 2

/** The client of the server a command is for. */
export async function connect(terminal: Terminal, flags: ServerFlags): Promise<Client> {
  const { url, token } = await findServer(terminal, flags)
  return createClient({
    baseUrl: url,
    attempts: ATTEMPTS,
    userAgent: 'millrace-cli',
    ...(token === undefined ? {} : { token }),
    ...(flags.as === undefined ? {} : { as: flags.as }),
  })
}
