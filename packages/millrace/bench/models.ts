/** Models of the benchmark, as texts. */

/** `n` automatic steps, one after the other. */
export const chain = (n: number, options: { readonly transient?: boolean } = {}): string =>
  [
    `id: chain-${n}${options.transient === true ? '-transient' : ''}`,
    `title: ${n} steps`,
    'payload: none',
    ...(options.transient === true ? ['transient: true'] : []),
    'nodes:',
    ...Array.from({ length: n }, (_, at) => `  - { id: s${at}, type: process, task: noop, next: ${at === n - 1 ? 'end' : `s${at + 1}`} }`),
    '',
  ].join('\n')

export const PARKED = `
id: parked
title: Parked on a person
payload: none
nodes:
  - { id: decide, type: participant, assign: "group:everybody", routes: { approve: end, reject: end } }
`

/** An AND split of `n` branches, each one step. */
export const split = (n: number): string =>
  [
    `id: split-${n}`,
    `title: Split of ${n}`,
    'payload: none',
    'nodes:',
    `  - { id: fork, type: and-split, branches: [${Array.from({ length: n }, (_, at) => `b${at}`).join(', ')}] }`,
    ...Array.from({ length: n }, (_, at) => `  - { id: b${at}, type: process, task: noop, next: join }`),
    '  - { id: join, type: and-join, next: end }',
    '',
  ].join('\n')

export const SLEEPERS = `
id: sleepers
title: Sleepers
payload: none
data: { until: { type: string } }
nodes:
  - { id: sleep, type: wait, until: "data.until", next: end }
`

export const LOOP = `
id: loop
title: Loop
payload: none
data: { turns: { type: number } }
nodes:
  - { id: turn, type: process, task: data.set, with: { turns: "{{ data.turns + 1 }}" }, maxPasses: 100000, next: again }
  - { id: again, type: or-split, maxPasses: 100000, branches: [ { when: "data.turns < 10000", to: turn }, { default: true, to: end } ] }
`

/** A code workflow of `n` steps. */
export const codeChain = (n: number): string => `
import { workflow } from '@millrace/workflow'
export default workflow({ id: 'code-${n}' }, async (run) => {
  for (let step = 0; step < ${n}; step++) await run.task('noop')
})
`
