/** A fact as one line of a history: when, where, what, who. Names of facts are those of the API; the words after them are ours. */
import type { HistoryEntry } from '@millrace/protocol'
import { plain } from './output/plain.ts'
import { shortId } from './output/short-id.ts'
import type { Style } from './output/style.ts'
import { moment, relative } from './output/time.ts'

type Details = HistoryEntry['details']

/** `2026-03-01 14:05:09  review      closed: approve, by ana "looks good"` */
export function historyLine(entry: HistoryEntry, style: Style): string {
  const where = plain(entry.node ?? '')
  const who = entry.by === undefined ? '' : ` by ${entry.onBehalfOf === undefined ? entry.by : `${entry.by} for ${entry.onBehalfOf}`}`
  const said = `${whatHappened(entry)}${who}${quoted(entry.details['comment'] ?? entry.details['reason'])}`
  return `${style.dim(moment(entry.atMs))}  ${where.padEnd(16)}  ${tone(entry, style)(plain(said))}`
}

const tone = (entry: HistoryEntry, style: Style): ((text: string) => string) => {
  if (entry.type === 'incident' || entry.type === 'attempt-failed' || entry.type === 'runner-killed') return style.red
  if (entry.type !== 'ended') return (text) => text
  return entry.details['status'] === 'COMPLETED' ? style.green : style.red
}

const whatHappened = (entry: HistoryEntry): string => {
  const { details, type, atMs } = entry
  switch (type) {
    case 'created':
      return `created: ${text(details, 'title')}, ${text(details, 'workflow')} version ${text(details, 'version')}, ${text(details, 'status')}`
    case 'ended':
      return `${text(details, 'status')}${failure(details['error'])}`
    case 'restarted':
      return `run ${entry.run} begins${details['from'] === undefined ? '' : ` at ${list(details['from'])}`}`
    case 'opened':
    case 'turned':
      return opened(details['wait'], atMs)
    case 'closed':
      return `${details['skipped'] === true ? 'skipped' : 'done'}${after(': ', text(details, 'route'))}${failure(details['error'])}`
    case 'withdrawn':
      return 'withdrawn'
    case 'passed':
      return 'passed'
    case 'attempt-failed':
      return `try ${text(details, 'attempt')} failed${failure(details['error'])}${retry(details['retryAtMs'], atMs)}${details['asked'] === true ? ', as the service asked' : ''}`
    case 'attempt-started':
      return `try ${text(details, 'attempt')}`
    case 'attempt-returned':
      return `try ${text(details, 'attempt')} returned${retry(details['retryAtMs'], atMs)}`
    case 'incident':
      return `incident${failure(details['error'])}`
    case 'incident-resolved':
      return `incident ${text(details, 'how')}`
    case 'assigned':
      return `${text(details, 'how')} to ${text(details, 'assignee') || list(details['candidates'])}`
    case 'commented':
    case 'logged':
      return `${type}: ${text(details, 'text') || text(details, 'message')}`
    case 'data':
      return `data: ${JSON.stringify(details['data'])}`
    case 'message':
    case 'published':
      return `${type}: ${text(details, 'name')}${after(' ', text(details, 'key'))}`
    default:
      // A fact of a newer server is still worth its name.
      return type
  }
}

const opened = (wait: unknown, atMs: number): string => {
  const { kind, task, title, assignee, candidates, dueAtMs, name, child, workflow } = (wait ?? {}) as { readonly [name: string]: unknown }
  switch (kind) {
    case 'task':
      return `runs ${String(task)}`
    case 'work-item':
      return `"${String(title)}" waits for ${typeof assignee === 'string' ? assignee : list(candidates)}${typeof dueAtMs === 'number' ? `, due ${relative(dueAtMs, atMs)}` : ''}`
    case 'timer':
      return `waits${typeof dueAtMs === 'number' ? ` until ${moment(dueAtMs)}` : ''}`
    case 'message':
      return `waits for message ${String(name)}`
    case 'callback':
      return 'waits for its callback'
    case 'child':
      return `starts ${String(workflow)} ${shortId(String(child))}`
    default:
      return 'opened'
  }
}

const text = (details: Details, name: string): string => {
  const value = details[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const list = (value: unknown): string => (Array.isArray(value) ? value.map((one) => String(one).replace(/^user:/, '')).join(', ') : '')

const after = (between: string, value: string): string => (value === '' ? '' : `${between}${value}`)

const failure = (error: unknown): string => {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  // The line may go on after it.
  return typeof code === 'string' ? `: ${code}: ${String(message).replace(/\.$/, '')}` : ''
}

const retry = (atMs: unknown, nowMs: number): string => (typeof atMs === 'number' ? `, next try ${relative(atMs, nowMs)}` : '')

const quoted = (comment: unknown): string => (typeof comment === 'string' && comment !== '' ? ` "${comment}"` : '')
