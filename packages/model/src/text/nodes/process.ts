import type { ProcessNode } from '../../model.ts'
import { readNext } from '../outgoing.ts'
import { readPoll, readRetry } from '../values/retry.ts'
import type { NodeReader } from './reader.ts'

/** `{ id, type: process, task, with, result, retry, attemptTimeout, poll, callback: true, next }` */
export const readProcess: NodeReader = (fields, base) => {
  const task = fields.text('task')
  fields.missing('task', 'Name the task it runs, log for example.')
  const args = fields.json('with')
  const result = fields.text('result')
  const retry = readRetry(fields)
  const attemptTimeout = fields.duration('attemptTimeout')
  const poll = readPoll(fields)
  const waitsForCallback = fields.boolean('callback')
  const node: ProcessNode = {
    ...base,
    type: 'process',
    task: task ?? '',
    ...(args === undefined ? {} : { with: args }),
    ...(result === undefined ? {} : { result }),
    ...(retry === undefined ? {} : { retry }),
    ...(attemptTimeout === undefined ? {} : { attemptTimeout }),
    autoAdvance: waitsForCallback !== true,
    ...(poll === undefined ? {} : { poll }),
  }
  return { node, outgoing: readNext(fields) }
}
