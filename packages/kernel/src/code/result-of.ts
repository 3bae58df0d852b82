import type { Delivery } from '../effect.ts'
import type { Fact } from '../fact.ts'

/** What the function is told of a call's end. */
export const resultOf = (
  call: number,
  { output, error, route }: Extract<Fact, { readonly t: 'closed' }>,
): Extract<Delivery, { kind: 'result' }> => ({
  kind: 'result',
  call,
  ...(output === undefined ? {} : { output }),
  ...(error === undefined ? {} : { error }),
  ...(route === undefined ? {} : { route }),
})
