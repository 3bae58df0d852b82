import { normalizeDuration } from '../duration.ts'
import { isTemplate } from '../expression/template.ts'
import type { Node } from '../model.ts'
import type { Finding } from '../problem.ts'
import { at, error, type ModelRule } from './rule.ts'

/** Durations are stored in ISO form (I3 of the model); the text form sees to it, models made by programs may not. */
export const durationsRule: ModelRule = ({ model }) => [
  ...(model.retention === undefined || model.retention === 'forever' ? [] : invalid(model.retention, { path: 'retention' })),
  ...model.nodes.flatMap((node) => durationsOf(node).flatMap(([part, duration]) => invalid(duration, at(node, part)))),
]

function durationsOf(node: Node): readonly (readonly [string, string])[] {
  const found: [string, string | undefined][] = (node.timeouts ?? []).flatMap(({ after, every }, i) => [
    [`timeouts/${i}/after`, after],
    [`timeouts/${i}/every`, every],
  ])
  if (node.type === 'process') {
    found.push(['attemptTimeout', node.attemptTimeout], ['retry/initial', node.retry?.initial], ['retry/max', node.retry?.max])
    found.push(['poll/period', node.poll?.period], ['poll/timeout', node.poll?.timeout])
  }
  if (node.type === 'wait' && node.until.kind === 'duration' && !isTemplate(node.until.duration))
    found.push(['until/duration', node.until.duration])
  return found.flatMap(([part, duration]) => (duration === undefined ? [] : [[part, duration] as const]))
}

function invalid(duration: string, place: { readonly path: string; readonly node?: string }): readonly Finding[] {
  if (normalizeDuration(duration) === duration) return []
  const iso = normalizeDuration(duration)
  const hint = iso === undefined ? 'Write ISO 8601: P2D, PT90M.' : `Write ${iso}.`
  return [error('DURATION_INVALID', { ...place, message: `${duration} is no ISO 8601 duration.`, hint })]
}
