/**
 * A line of `GET /operate` as a sentence, and the command that lists exactly its rows. The server says both as data; this is the only place of the CLI where
 * their words stand.
 */
import type { OperateLine } from '@millrace/protocol'
import { bytesText } from './output/bytes.ts'
import { plain } from './output/plain.ts'
import { span } from './output/time.ts'

/** @example operateSentence(line) // '4 work items have nobody who can answer' */
export const operateSentence = (line: OperateLine): string => plain(words(line))

const words = ({ code, count, params }: OperateLine): string => {
  const value = (name: string): string => (typeof params[name] === 'string' || typeof params[name] === 'number' ? String(params[name]) : '')
  const length = span(Number(params['afterMs'] ?? params['withinMs'] ?? 0))
  const instances = count === 1 ? '1 instance' : `${count} instances`
  const items = count === 1 ? '1 work item' : `${count} work items`
  const [has, is, does] = count === 1 ? ['has', 'is', 'does'] : ['have', 'are', 'do']
  switch (code) {
    case 'READ_ONLY':
      return `the server only shows and changes nothing: ${value('reason')}`
    case 'DISK_LOW':
      return `the disk is nearly full: ${bytesText(Number(params['freeBytes'] ?? 0))} are free`
    case 'STALE':
      return `${instances} ${does} not move and nothing explains why`
    case 'INCIDENTS': {
      const node = value('nodeTitle') || value('node')
      return `${instances} of ${value('workflowTitle') || value('workflow')} ${node === '' ? 'cannot go on' : `failed at ${node}`}: ${value('message')} (${value('code')})`
    }
    case 'NOBODY':
      return `${items} ${has} nobody who can answer`
    case 'OVERDUE':
      return `${instances} ${has} a timer or retry more than ${length} past its time`
    case 'SCHEDULED_MISSED':
      return `${count === 1 ? '1 scheduled start is' : `${count} scheduled starts are`} more than ${length} past ${count === 1 ? 'its' : 'their'} time`
    case 'QUEUED_LONG':
      return `${instances} ${has} been queued for more than ${length}`
    case 'LATE':
      return `${items} ${is} late`
    case 'SUSPENDED_LONG':
      return `${instances} ${has} been suspended for more than ${length}`
    case 'FAILED':
      return `${instances} ${has} failed within ${length}`
  }
}

/** What to type to see the rows of a line: the server's link, in our words. Undefined where it is about the host. */
export const operateCommand = ({ link }: OperateLine): string | undefined => {
  if (link === undefined) return undefined
  const flags = (...names: readonly string[]): string =>
    names
      .flatMap((name) =>
        link.query[name] === undefined ? [] : [` --${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${link.query[name]}`],
      )
      .join('')
  switch (link.to) {
    case 'instances':
      return `millrace instance list${flags('status', 'trouble', 'before', 'endedFrom')}`
    case 'inbox':
      return `millrace inbox${flags('view', 'trouble')}`
    case 'incidents':
      return `millrace incident list${flags('group')}`
    case 'doctor':
      return 'millrace doctor'
  }
}
