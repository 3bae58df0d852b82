/**
 * 50 people with the console open, in a process of its own: each holds an event stream and, as the console does, reads its inbox and counts again 50 ms
 * after an event about a work item, one request of a kind at a time.
 */
import { Pool } from 'undici'

interface Job {
  readonly url: string
  readonly tokens: readonly string[]
}

/** As the console's freshness waits. */
const DELAY_MS = 50

const told = { events: 0, reads: 0 }

process.once('message', async (message) => {
  const { url, tokens } = message as Job
  // HTTP/1.1: a stream keeps its connection.
  const streams = new Pool(url, { connections: tokens.length, bodyTimeout: 0, headersTimeout: 60_000 })
  const calls = new Pool(url, { connections: 32 })
  await Promise.all(tokens.map((token) => attend(streams, calls, token)))
  process.send?.('ready')
  process.on('message', (asked) => {
    if (asked === 'told') process.send?.({ ...told })
    else if (asked === 'end') process.exit(0)
  })
})

const attend = async (streams: Pool, calls: Pool, token: string): Promise<void> => {
  const headers = { authorization: `Bearer ${token}` }
  const list = reader(calls, '/api/v1/inbox?view=open&limit=60', headers)
  const counts = reader(calls, '/api/v1/inbox/counts', headers)
  const { body } = await streams.request({ path: '/api/v1/events', method: 'GET', headers })
  body.setEncoding('utf8')
  body.on('data', (text: string) => {
    const events = text.split('\ndata: ').length - 1
    told.events += events
    if (text.includes('"noun":"work-item"')) {
      list()
      counts()
    }
  })
}

/** Reads an address soon, at most one request at a time; what comes meanwhile asks once more. */
const reader = (calls: Pool, path: string, headers: { readonly authorization: string }): (() => void) => {
  let state: 'idle' | 'due' | 'reading' | 'again' = 'idle'
  const read = async (): Promise<void> => {
    state = 'reading'
    const answer = await calls.request({ path, method: 'GET', headers })
    await answer.body.dump()
    told.reads++
    const isWanted = (state as string) === 'again'
    state = 'idle'
    if (isWanted) schedule()
  }
  const schedule = (): void => {
    if (state === 'idle') {
      state = 'due'
      setTimeout(() => void read(), DELAY_MS)
    } else if (state === 'reading') state = 'again'
  }
  return schedule
}
