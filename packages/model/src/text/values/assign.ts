import type { Assign } from '../../model.ts'
import { nearest } from '../../nearest.ts'
import { Fields } from '../fields.ts'
import { kindOf, type Located, type LocatedScalar } from '../located.ts'
import type { Reading } from '../reading.ts'

/**
 * Who works on it: `user:ana`, `group:editors`, `initiator`, a list of users and groups, `{ choose: CEL }`, `{ choose: { js } }` or
 * `{ task, with }`.
 */
export function readAssign(reading: Reading, value: Located, at: { readonly path: string; readonly what: string }): Assign | undefined {
  if (value.kind === 'scalar') return readPrincipal(reading, value)
  if (value.kind === 'list') return readCandidates(reading, value.items, value.offset)
  const fields = new Fields(reading, value, at)
  if (fields.has('task')) {
    const task = fields.text('task')
    const args = fields.json('with')
    fields.finish()
    return task === undefined ? undefined : { kind: 'task', task, with: args ?? {} }
  }
  const rule = fields.rule('choose', 'rule')
  fields.missing('choose', 'Choose by a rule ({ choose: … }) or by a task ({ task: … }).')
  fields.finish(['with'])
  return rule === undefined ? undefined : { kind: 'rule', rule }
}

function readPrincipal(reading: Reading, value: LocatedScalar): Assign | undefined {
  const text = value.source
  if (text === 'initiator') return { kind: 'initiator' }
  const [, kind, name] = /^(user|group):(.+)$/.exec(text) ?? []
  if (name === undefined || text.includes('{{')) return invalid(reading, value)
  return kind === 'user' ? { kind, user: name } : { kind: 'group', group: name }
}

function readCandidates(reading: Reading, items: readonly Located[], offset: number): Assign | undefined {
  const users: string[] = []
  const groups: string[] = []
  for (const item of items) {
    const one = item.kind === 'scalar' ? readPrincipal(reading, item) : invalid(reading, item)
    if (one?.kind === 'user') users.push(one.user)
    else if (one?.kind === 'group') groups.push(one.group)
    else if (one?.kind === 'initiator') {
      const hint = "Choose by a rule: { choose: \"['user:' + initiator, 'group:editors']\" }."
      reading.report('ASSIGN_INVALID', item.offset, 'A list of candidates holds users and groups; initiator is neither.', { hint })
    }
  }
  if (items.length === 0)
    reading.report('ASSIGN_INVALID', offset, 'The list of candidates is empty.', { hint: 'Name a user:… or a group:….' })
  return { kind: 'candidates', users, groups }
}

function invalid(reading: Reading, value: Located): undefined {
  const text = value.kind === 'scalar' ? value.source : kindOf(value)
  reading.report('ASSIGN_INVALID', value.offset, `${text} names nobody.`, { hint: assignHint(text) })
  return undefined
}

function assignHint(text: string): string {
  if (text.includes('{{')) return 'Choose by a rule instead of a template: { choose: "\'user:\' + data.reviewer" }.'
  if (nearest(text, ['initiator']) !== undefined) return 'Did you mean initiator?'
  const name = text.replace(/^\w*:/, '')
  return /^[\w.@-]+$/.test(name)
    ? `Write user:${name} or group:${name}.`
    : 'Write user:name, group:name, initiator, a list, or { choose: … }.'
}
