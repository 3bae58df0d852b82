/** Random drafts in random layouts, changed by two people at random: against a merge of their cells that knows no text. */
import { canonicalJson, mergeTexts } from '@millrace/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'

type Cell = string | undefined

interface Node {
  readonly id: string
  readonly fields: Readonly<Record<string, string>>
  readonly isFlow: boolean
  readonly comment?: string
  readonly isApart: boolean
}

interface Draft {
  readonly title: string
  readonly data: Readonly<Record<string, string>>
  readonly nodes: readonly Node[]
  readonly indent: string
}

type Edit = (draft: Draft) => Draft

const FIELDS = ['title', 'assign', 'due', 'with']
const value = fc.constantFrom('a', 'b', 'c: d', '"q"', '1', 'P1D', 'two words', '{ x: 1 }')

const node = (id: string): fc.Arbitrary<Node> =>
  fc
    .record({
      fields: fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 3, noNullPrototype: true }),
      isFlow: fc.boolean(),
      comment: fc.option(fc.constantFrom('one', 'two', '- three', 'id: four'), { nil: undefined }),
      isApart: fc.boolean(),
    })
    .map(({ comment, ...rest }) => ({ id, ...rest, ...(comment === undefined ? {} : { comment: `# ${id} ${comment}` }) }))

const draft: fc.Arbitrary<Draft> = fc.record({
  title: value,
  data: fc.dictionary(fc.constantFrom('x', 'y', 'z'), value, { noNullPrototype: true }),
  nodes: fc.integer({ min: 1, max: 5 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => node(`n${n}`)))),
  indent: fc.constantFrom('', '  ', '    '),
})

const at = (draft: Draft, n: number, change: (node: Node) => Node | undefined): Draft => ({
  ...draft,
  nodes: draft.nodes.flatMap((each, index) => (index === n % draft.nodes.length ? (change(each) ?? []) : [each])),
})

/** What a person does to a draft; `side` keeps the ids of new nodes apart, but for one that both may add. */
const edit = (side: string): fc.Arbitrary<Edit> =>
  fc.oneof(
    value.map(
      (title): Edit =>
        (before) => ({ ...before, title }),
    ),
    fc.tuple(fc.constantFrom('x', 'y', 'z', 'w'), value).map(
      ([name, to]): Edit =>
        (before) => ({ ...before, data: { ...before.data, [name]: to } }),
    ),
    fc.constantFrom('x', 'y', 'z').map(
      (name): Edit =>
        ({ data: { [name]: _, ...data }, ...rest }) => ({ ...rest, data }),
    ),
    fc.tuple(fc.nat(), fc.constantFrom(...FIELDS), value).map(
      ([n, field, to]): Edit =>
        (before) =>
          at(before, n, (each) => ({ ...each, fields: { ...each.fields, [field]: to } })),
    ),
    fc.tuple(fc.nat(), fc.constantFrom(...FIELDS)).map(
      ([n, field]): Edit =>
        (before) =>
          at(before, n, ({ fields: { [field]: _, ...fields }, ...each }) => ({ ...each, fields })),
    ),
    fc.nat().map(
      (n): Edit =>
        (before) =>
          before.nodes.length > 1 ? at(before, n, () => undefined) : before,
    ),
    fc.nat().map(
      (n): Edit =>
        (before) =>
          at(before, n, (each) => ({ ...each, isFlow: !each.isFlow })),
    ),
    fc.nat().map(
      (n): Edit =>
        (before) =>
          at(before, n, (each) => ({ ...each, comment: `# ${each.id} by ${side}` })),
    ),
    fc.tuple(fc.constantFrom(`${side}1`, `${side}2`, 'both').chain(node), fc.nat()).map(
      ([added, n]): Edit =>
        (before) =>
          before.nodes.some(({ id }) => id === added.id)
            ? before
            : { ...before, nodes: before.nodes.toSpliced(n % (before.nodes.length + 1), 0, added) },
    ),
    fc.constantFrom('', '  ').map(
      (indent): Edit =>
        (before) => ({ ...before, indent }),
    ),
  )

const printNode = ({ id, fields, isFlow, comment, isApart }: Node, indent: string): string => {
  const lead = `${isApart ? '\n' : ''}${comment === undefined ? '' : `${indent}${comment}\n`}`
  const pairs = Object.entries({ id, ...fields }).map(([key, text]) => `${key}: ${isPlain(text) ? text : JSON.stringify(text)}`)
  return isFlow ? `${lead}${indent}- { ${pairs.join(', ')} }\n` : `${lead}${indent}- ${pairs.join(`\n${indent}  `)}\n`
}

const isPlain = (text: string): boolean => !text.includes(': ') || text.startsWith('{')

const print = ({ title, data, nodes, indent }: Draft): string =>
  [
    '# A draft\nid: m\n',
    `title: ${isPlain(title) ? title : JSON.stringify(title)} # said so\n`,
    Object.keys(data).length === 0 ? '' : `data:\n${stringify(data).replace(/^/gm, '  ').trimEnd()}\n\n`,
    'nodes:\n',
    ...nodes.map((each) => printNode(each, indent)),
  ].join('')

/** Everything a text says, a cell each. */
const cellsOf = (text: string): ReadonlyMap<string, string> => {
  const {
    data = {},
    nodes,
    ...fields
  } = parse(text) as {
    readonly data?: Readonly<Record<string, unknown>>
    readonly nodes: readonly Readonly<Record<string, unknown>>[]
  }
  return new Map([
    ...Object.entries(fields).map(([key, each]) => [`field ${key}`, JSON.stringify(each)] as const),
    ...Object.entries(data).map(([key, each]) => [`data ${key}`, JSON.stringify(each)] as const),
    ...nodes.flatMap((each) =>
      Object.entries(each).map(([key, part]) => [`node ${String(each['id'])} ${key}`, JSON.stringify(part)] as const),
    ),
  ])
}

const nodeOf = (cell: string): string | undefined => /^node (\S+)/.exec(cell)?.[1]
const cellsOfNode = (cells: ReadonlyMap<string, string>, id: string) =>
  canonicalJson(Object.fromEntries([...cells].filter(([key]) => nodeOf(key) === id)))

/** The same cells for everything that is no conflict; what is one is left out. */
const naive = (base: string, ours: string, theirs: string) => {
  const [b, o, t] = [cellsOf(base), cellsOf(ours), cellsOf(theirs)]
  const merged = new Map<string, Cell>()
  const conflicts = new Set<string>()
  for (const key of new Set([...b.keys(), ...o.keys(), ...t.keys()])) {
    const id = nodeOf(key)
    const isIn = (cells: ReadonlyMap<string, string>) => id === undefined || cells.has(`node ${id} id`)
    if (id !== undefined && isIn(b) && isIn(o) !== isIn(t)) {
      const stays = isIn(o) ? o : t
      if (cellsOfNode(stays, id) === cellsOfNode(b, id)) merged.set(key, undefined)
      else conflicts.add(`node ${id}`)
      continue
    }
    const [before, mine, other] =
      isIn(o) && isIn(t)
        ? [b.get(key), o.get(key), t.get(key)]
        : isIn(o)
          ? [undefined, o.get(key), undefined]
          : [undefined, undefined, t.get(key)]
    if (mine === other || before === other) merged.set(key, mine)
    else if (before === mine) merged.set(key, other)
    else conflicts.add(key)
  }
  return { merged, conflicts }
}

const twoPeople = fc
  .tuple(draft, fc.array(edit('o'), { maxLength: 5 }), fc.array(edit('t'), { maxLength: 5 }))
  .map(([base, mine, other]) => ({
    base: print(base),
    ours: print(mine.reduce((before, each) => each(before), base)),
    theirs: print(other.reduce((before, each) => each(before), base)),
  }))

const RUNS = { numRuns: 150 }

describe('the merge of two people’s texts', () => {
  test('says what a merge of all cells says, and names as conflicts what both changed', () => {
    fc.assert(
      fc.property(twoPeople, (texts) => {
        const merge = mergeTexts(texts)
        const { merged, conflicts } = naive(texts.base, texts.ours, texts.theirs)
        const cells = cellsOf(merge?.text ?? '')
        for (const [key, cell] of merged) expect([key, cells.get(key)]).toEqual([key, cell])
        expect(new Set(merge?.conflicts.flatMap(({ key }) => (key === 'first' ? [] : [key])))).toEqual(conflicts)
      }),
      RUNS,
    )
  })

  test('with every conflict given to one side has that side’s word in it', () => {
    fc.assert(
      fc.property(twoPeople, fc.constantFrom('ours' as const, 'theirs' as const), (texts, side) => {
        const found = mergeTexts(texts)?.conflicts ?? []
        const text = mergeTexts(texts, new Map(found.map(({ key }) => [key, side])))?.text ?? ''
        const [cells, wanted] = [cellsOf(text), cellsOf(texts[side])]
        for (const { key, what } of found) {
          if (what.kind === 'first') continue
          if (what.kind === 'node') expect(cellsOfNode(cells, what.node)).toBe(cellsOfNode(wanted, what.node))
          else expect([key, cells.get(key)]).toEqual([key, wanted.get(key)])
        }
      }),
      RUNS,
    )
  })

  test('says the same whoever is "ours", where nothing is in conflict', () => {
    fc.assert(
      fc.property(twoPeople, ({ base, ours, theirs }) => {
        const [one, other] = [mergeTexts({ base, ours, theirs }), mergeTexts({ base, ours: theirs, theirs: ours })]
        fc.pre(one?.conflicts.length === 0)
        expect(Object.fromEntries(cellsOf(other?.text ?? ''))).toEqual(Object.fromEntries(cellsOf(one?.text ?? '')))
      }),
      RUNS,
    )
  })

  test('keeps the lines and comments of ours that theirs did not touch', () => {
    fc.assert(
      fc.property(twoPeople, (texts) => {
        const text = mergeTexts(texts)?.text ?? ''
        const cells = cellsOf(text)
        const lines = new Set(text.split('\n'))
        const theirs = new Set(texts.theirs.split('\n'))
        for (const line of texts.ours.split('\n')) {
          const id = /^\s*# (\S+) /.exec(line)?.[1]
          const isOurs = !texts.base.includes(line)
          if (id !== undefined && (isOurs || theirs.has(line)) && cells.has(`node ${id} id`)) expect(text).toContain(line.trim())
          if (id === undefined && line.includes('- {') && texts.base.split('\n').includes(line) && theirs.has(line))
            expect(lines).toContain(line)
        }
        expect(text).toMatch(/^# A draft\nid: m\n/)
      }),
      RUNS,
    )
  })
})
