import { notAvailable, OUTSIDE_MAY_CHANGE, REFUSED_GLOBALS, REMOVED_GLOBALS } from '../replayable.ts'
import { isCalled, memberOf, type SyntaxNode } from './syntax.ts'

/** What to say of a use of a global; nothing where it is fine. */
type Judge = (identifier: SyntaxNode) => string | undefined

const CLOCK = 'Say run.now(): the time of the result being handled, the same at every replay.'

const named = (names: readonly string[], why: (name: string) => string): readonly (readonly [string, Judge])[] =>
  names.map((name) => [name, () => notAvailable(name, why(name))])

const members =
  (ofConcern: { readonly [member: string]: string }): Judge =>
  (identifier) => {
    const member = memberOf(identifier)
    return member === undefined || ofConcern[member] === undefined
      ? undefined
      : `${identifier.name}.${member} is not for workflows. ${ofConcern[member]}`
  }

/** `new Date(2026, 0)` is fine, `new Date()` is the clock. */
const date: Judge = (identifier) => {
  if (memberOf(identifier) === 'now') return `Date.now is not for workflows. ${CLOCK}`
  if (isCalled(identifier)) return `Date() is not for workflows. ${CLOCK}`
  const isMade = identifier.parent?.type === 'NewExpression' && identifier.parent.callee === identifier
  return isMade && identifier.parent?.arguments?.length === 0 ? `new Date() is not for workflows. ${CLOCK}` : undefined
}

/** Globals of a browser or of Node that a workflow must not use, and what it does instead. */
export const GLOBALS: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['Date', date],
  ['performance', members({ now: CLOCK, timeOrigin: CLOCK })],
  ['Math', members({ random: 'Say run.random(): the same at every replay.' })],
  [
    'crypto',
    members({
      randomUUID: 'Say run.uuid(): the same at every replay.',
      getRandomValues: 'Draw secrets in a task.',
      subtle: 'Do it in a task.',
    }),
  ],
  ...named(Object.keys(REFUSED_GLOBALS), (name) => REFUSED_GLOBALS[name] ?? ''),
  ...named(REMOVED_GLOBALS, () => 'it depends on the garbage collector or on threads. Do it in a task'),
  ...named(['process', 'navigator', 'localStorage', 'sessionStorage', '__dirname', '__filename'], () => OUTSIDE_MAY_CHANGE),
  ...named(['require'], () => 'a bundle is made of imports. Write import'),
])
