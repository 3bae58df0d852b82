import { type OutgoingDraft, readNext, ruleSource } from '../outgoing.ts'
import type { NodeReader } from './reader.ts'

/** `{ id, type: goto, to, when: CEL, next }`: jumps to `to` when the rule is true (always without one), else goes on to `next`. */
export const readGoto: NodeReader = (fields, base) => {
  const when = fields.entry('when')
  const rule = fields.rule('when')
  const to = fields.entry('to')
  fields.missing('to', 'Name the node it jumps to.')
  const outgoing: OutgoingDraft[] = []
  if (to !== undefined) {
    outgoing.push({
      to: to.value,
      offset: to.value.offset,
      ...(rule === undefined ? {} : { rule }),
      ...(when === undefined ? {} : { ruleAt: ruleSource(when.value) }),
    })
  }
  fields.knows(['next'])
  if (fields.has('when') || fields.has('next')) outgoing.push(...readNext(fields))
  return { node: { ...base, type: 'goto' }, outgoing }
}
