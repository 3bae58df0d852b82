import type { Terminal } from './cli.ts'
import { EXIT } from './exit-code.ts'

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr, stdin, env } = process
  // `millrace instance list | head -1` closes the pipe early; that is no error.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.ok)
      throw error
    })
  }
  const interrupted = new AbortController()
  let listens = false
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    env,
    cwd: process.cwd(),
    ...(stdout.isTTY && stdout.columns > 0 ? { columns: stdout.columns } : {}),
    isTerminal: stdout.isTTY,
    isInteractive: stdin.isTTY && stderr.isTTY,
    readStdin: async () => {
      const chunks: Buffer[] = []
      for await (const chunk of stdin) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks).toString('utf8')
    },
    nowMs: Date.now,
    get signal() {
      // Listening for SIGINT takes its default away, so only commands that stop by themselves ask for the signal.
      if (!listens) {
        listens = true
        process.once('SIGINT', () => interrupted.abort())
      }
      return interrupted.signal
    },
  }
}
