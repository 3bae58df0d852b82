import type { CodeRule } from '../rule.ts'

/** In two parts, or this file would break its own rule. */
const MARKERS = new RegExp(`\\b(TO${'DO'}|FIX${'ME'}|HA${'CK'}|X${'XX'})\\b`)

export const noOpenEnds: CodeRule = {
  rule: 'no notes to do something later in the code: do it, or open an issue that says what is missing',
  check: ({ path, text }) =>
    text
      .split('\n')
      .map((line, index) => ({ path, line: index + 1, marker: MARKERS.exec(line)?.[0] }))
      .filter(({ marker }) => marker !== undefined)
      .map(({ marker, ...place }) => ({ ...place, message: `${marker}: do it now, or open an issue and delete the note` })),
  refuses: [['packages/model/src/a.ts', `f() // TO${'DO'}: handle the rest`]],
  accepts: [['packages/model/src/a.ts', 'const todo = [] // what is left to do; ASTODOR']],
}
