/**
 * Why an instance is not moving, as a sentence. The server says it as data (`Why`), so that each surface writes its own words; this is the only
 * place of the CLI where they stand. One branch per code, each with a fixture in the test.
 */
import type { Why } from '@millrace/protocol'
import { plain } from './output/plain.ts'
import { shortId } from './output/short-id.ts'
import { clockTime, relative, span } from './output/time.ts'

/**
 * @param nowMs the sentence speaks of this moment
 * @example whySentence(instance.why, Date.now()) // 'waits for group finance since 2 d, due in 3 h'
 */
export function whySentence(why: Why, nowMs: number): string {
  const more = why.more === 0 ? '' : `, and ${why.more} more`
  return plain(`${mainClause(why, nowMs)}${more}`)
}

const mainClause = (why: Why, nowMs: number): string => {
  const { params } = why
  const value = (name: string): string => (typeof params[name] === 'string' || typeof params[name] === 'number' ? String(params[name]) : '')
  const step = `step ${value('title') || value('node') || value('step')}`
  const since = `since ${span(nowMs - why.sinceMs)}`
  switch (why.code) {
    case 'PERSON':
      return `waits for ${names(why.who)} ${since}${due(why.nextAtMs, nowMs)}`
    case 'NOBODY':
      return `waits for ${names(why.who)}, but nobody there can answer: add a member, or delegate it`
    case 'RETRY':
      return `retry ${value('attempt')} of ${value('attempts')} of ${step}${why.nextAtMs === undefined ? '' : ` at ${clockTime(why.nextAtMs, nowMs)}`}${params['asked'] === true ? ', as the service asked' : ''}`
    case 'TASK':
      return `${step} runs ${value('task')}, try ${value('attempt')} of ${value('attempts')}, ${since}`
    case 'CALLBACK':
      return `${step} waits for its callback ${since}`
    case 'MESSAGE':
      return `${step} waits for message ${value('message')}${value('key') === '' ? '' : ` with key ${value('key')}`}${until(why.nextAtMs, nowMs)}`
    case 'TIMER':
      return `${step} waits${until(why.nextAtMs, nowMs)}`
    case 'CHILD':
      return `${step} waits for ${value('workflow')} ${blockers(why)}`.trimEnd()
    case 'QUEUED':
      return `queued${value('position') === '' ? '' : ` at ${value('position')}`}${blockers(why) === '' ? '' : ` behind ${blockers(why)}`}${value('lock') === '' ? '' : ` on ${value('lock')}`}`
    case 'SCHEDULED':
      return why.nextAtMs === undefined ? 'scheduled' : `starts ${relative(why.nextAtMs, nowMs)}`
    case 'SUSPENDED':
      return `suspended ${since}${value('reason') === '' ? '' : `: ${value('reason')}`}`
    case 'CANCELLING':
      return `is being cancelled${why.nextAtMs === undefined ? '' : `; what has not stopped ends ${relative(why.nextAtMs, nowMs)}`}`
    case 'INCIDENT':
      return `incident${value('node') === '' ? '' : ` on ${step}`}: ${value('code')}: ${value('message')}`
    case 'CODE':
      return `its code runs ${since}`
    case 'JOIN':
      return `${step} waits for the other branches`
    case 'STALE':
      return 'nothing explains why it does not move: run "millrace doctor --repair"'
  }
}

/** `group finance`, `ana`, `ana or group editors`. */
const names = (who: readonly string[]): string =>
  who.length === 0 ? 'somebody' : who.map((one) => (one.startsWith('user:') ? one.slice(5) : one.replace(':', ' '))).join(' or ')

const due = (atMs: number | undefined, nowMs: number): string => {
  if (atMs === undefined) return ''
  return atMs < nowMs ? `, ${span(nowMs - atMs)} late` : `, due in ${span(atMs - nowMs)}`
}

const until = (atMs: number | undefined, nowMs: number): string => (atMs === undefined ? '' : ` until ${clockTime(atMs, nowMs)}`)

const blockers = (why: Why): string =>
  why.blockers
    .filter(([noun]) => noun === 'instance')
    .map(([, id]) => shortId(id))
    .join(', ')
