import type { Route, Rule } from '../model.ts'
import { Fields } from './fields.ts'
import { kindOf, type Located } from './located.ts'

/** A transition as read: its target is looked up when all nodes are known. */
export interface OutgoingDraft {
  /** What was written as the target; undefined when nothing was. */
  readonly to: Located | undefined
  /** Where the transition stands. */
  readonly offset: number
  readonly rule?: Rule
  /** Where the rule stands, to be marked under the transition's number. */
  readonly ruleAt?: Located
  readonly route?: Route
  readonly isDefault?: boolean
  /** Its absence is reported already. */
  readonly hasMissingTarget?: boolean
}

/** `next:` of a node that goes on to exactly one. */
export function readNext(fields: Fields): readonly OutgoingDraft[] {
  const entry = fields.entry('next')
  if (entry === undefined) {
    fields.reading.report('NEXT_MISSING', fields.offset, 'The node does not say where it goes on.', {
      hint: 'Add next: with the id of a node, or next: end.',
    })
    return []
  }
  if (entry.value.kind === 'list') {
    const hint = 'For all at once put an and-split between, for one of them an or-split.'
    fields.reading.report('NEXT_MANY', entry.value.offset, 'next names one node.', { hint })
    return []
  }
  return [{ to: entry.value, offset: entry.value.offset }]
}

/** `branches:` of a split: ids, or `{ when, to }` and `{ default: true, to }`. */
export function readBranches(fields: Fields): readonly OutgoingDraft[] {
  const value = fields.take('branches', '')
  if (value === undefined) {
    fields.missing('branches', 'List where it branches to.')
    return []
  }
  if (value.kind !== 'list') {
    fields.reading.report('VALUE_TYPE', value.offset, `branches must be a list, not ${kindOf(value)}.`, { hint: 'Write branches: [a, b].' })
    return []
  }
  return value.items.map((item, i) => readBranch(fields, item, i))
}

function readBranch(fields: Fields, value: Located, index: number): OutgoingDraft {
  if (value.kind !== 'map') return { to: value, offset: value.offset }
  const inner = new Fields(fields.reading, value, { path: `${fields.path}/branches/${index}`, what: `branch ${index + 1}` })
  const whenEntry = inner.entry('when')
  const rule = inner.rule('when')
  const isDefault = inner.boolean('default')
  const to = inner.take('to', '')
  inner.missing('to', 'Name the node this branch leads to.')
  inner.finish()
  return {
    to,
    offset: value.offset,
    ...(rule === undefined ? {} : { rule }),
    ...(whenEntry === undefined ? {} : { ruleAt: ruleSource(whenEntry.value) }),
    isDefault: isDefault === true,
    hasMissingTarget: !inner.has('to'),
  }
}

/** The text of a rule: itself, or what stands after `js:`. */
export function ruleSource(value: Located): Located {
  if (value.kind !== 'map') return value
  return value.entries.find((entry) => entry.key === 'js')?.value ?? value
}
