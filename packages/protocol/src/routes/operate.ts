import { Operate } from '../operate-lines.ts'
import { defineRoute } from './route.ts'

export const operate = {
  lines: defineRoute({
    method: 'GET',
    path: '/operate',
    noun: 'operate',
    summary: 'See what needs an operator, worst first',
    description:
      'At most seven lines, each a kind of trouble with how many, since when, and the list with exactly those rows; every kind comes before a ' +
      'second group of incidents. What did not fit is in `rest`. An empty list says that all is well.',
    access: 'operator',
    answers: { 200: Operate },
  }),
} as const
