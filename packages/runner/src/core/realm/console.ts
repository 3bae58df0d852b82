import { format } from 'node:util'
import type { Realm } from '../realm.ts'

const LEVELS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const

/** `console` writes to the instance's history: a line on a terminal would come again at every replay. */
export const installConsole = (realm: Realm): void => {
  const silent = realm.adopt(() => undefined)
  const console: Record<string, unknown> = {}
  for (const level of LEVELS) {
    console[level] = realm.adopt((...args: unknown[]) => realm.inside?.log(format(...args), level === 'log' ? undefined : { level }))
  }
  for (const name of [
    'assert',
    'dir',
    'table',
    'group',
    'groupCollapsed',
    'groupEnd',
    'time',
    'timeEnd',
    'timeLog',
    'count',
    'countReset',
    'clear',
  ]) {
    console[name] = silent
  }
  realm.global['console'] = console
}
