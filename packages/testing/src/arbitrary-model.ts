/**
 * Random models for property tests: block-structured ones, which are sound by construction, and mutations of them, which mostly
 * are not. They use every node type and every key of the text form, so that parsing and printing meet them all.
 */
import type { Assign, Model, Node, NodeBase, ParticipantNode, ProcessNode, Timeout, Transition, WaitNode } from '@millrace/model'
import { LANGUAGE, titleFromId } from '@millrace/model'
import fc from 'fast-check'

/** A sound model in block structure: sequences, choices, human choices, parallel branches, loops and gotos, nested. */
export function soundModel(options: { readonly maxDepth?: number } = {}): fc.Arbitrary<Model> {
  return fc.tuple(blocks(options.maxDepth ?? 3), header()).map(([block, head]) => ({ ...head, ...new Builder().model(block) }))
}

/** A model with one thing changed at random: a transition led elsewhere, a join of the other kind, a branch more or less. */
export function mutatedModel(options: { readonly maxDepth?: number } = {}): fc.Arbitrary<Model> {
  const mutation = fc.record({ kind: fc.constantFrom('redirect', 'retype', 'duplicate', 'remove'), a: fc.nat(), b: fc.nat() })
  return fc
    .tuple(soundModel(options), fc.array(mutation, { minLength: 1, maxLength: 3 }))
    .map(([model, mutations]) => mutations.reduce(mutate, model))
}

type Block =
  | { readonly kind: 'step'; readonly make: (id: string) => Node }
  | { readonly kind: 'sequence'; readonly blocks: readonly Block[] }
  | { readonly kind: 'choice'; readonly branches: readonly Block[]; readonly hasDefault: boolean }
  | { readonly kind: 'routes'; readonly branches: readonly Block[]; readonly make: (id: string) => Node }
  | { readonly kind: 'parallel'; readonly branches: readonly Block[]; readonly need?: number }
  | { readonly kind: 'loop'; readonly body: Block }
  | { readonly kind: 'goto'; readonly body: Block; readonly hasRule: boolean }

function blocks(maxDepth: number): fc.Arbitrary<Block> {
  const leaf: fc.Arbitrary<Block> = step().map((make) => ({ kind: 'step', make }))
  if (maxDepth <= 0) return leaf
  const inner = blocks(maxDepth - 1)
  const branches = fc.array(inner, { minLength: 2, maxLength: 4 })
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 4, arbitrary: fc.array(inner, { minLength: 1, maxLength: 4 }).map((list): Block => ({ kind: 'sequence', blocks: list })) },
    {
      weight: 2,
      arbitrary: fc.tuple(branches, fc.boolean()).map(([list, hasDefault]): Block => ({ kind: 'choice', branches: list, hasDefault })),
    },
    { weight: 2, arbitrary: fc.tuple(branches, participant()).map(([list, make]): Block => ({ kind: 'routes', branches: list, make })) },
    { weight: 2, arbitrary: branches.map((list): Block => ({ kind: 'parallel', branches: list })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(branches, fc.nat())
        .map(([list, n]): Block => ({ kind: 'parallel', branches: list, need: 1 + (n % list.length) })),
    },
    { weight: 1, arbitrary: inner.map((body): Block => ({ kind: 'loop', body })) },
    { weight: 1, arbitrary: inner.map((body): Block => ({ kind: 'goto', body, hasRule: true })) },
  )
}

/** Lays blocks out as nodes and transitions; each block is built with the node that follows it. */
class Builder {
  readonly #nodes: Node[] = []
  readonly #transitions = new Map<string, Transition[]>()
  #count = 0

  model(block: Block): Pick<Model, 'nodes' | 'transitions'> {
    const first = this.#build(block, 'end')
    const start: Node = { id: 'start', type: 'start', title: 'Start' }
    const end: Node = { id: 'end', type: 'end', title: 'End' }
    const nodes = [start, ...this.#nodes, end]
    this.#transitions.set('start', [{ from: 'start', to: first }])
    return { nodes, transitions: nodes.flatMap((node) => this.#transitions.get(node.id) ?? []) }
  }

  /** Answers the id of the block's first node. */
  #build(block: Block, next: string): string {
    switch (block.kind) {
      case 'step': {
        const node = block.make(this.#newId('step'))
        return this.#add(node, [next])
      }
      case 'sequence':
        return block.blocks.reduceRight((following, inner) => this.#build(inner, following), next)
      case 'choice':
        return this.#choice(block, next)
      case 'routes': {
        const join = this.#add(plain(this.#newId('merge'), 'or-join'), [next])
        const node = block.make(this.#newId('ask'))
        const targets = block.branches.map((branch) => this.#build(branch, join))
        const route = (i: number): Transition['route'] =>
          i === 0 ? { name: 'route-0', label: 'First', style: 'primary' } : { name: `route-${i}` }
        return this.#add(node, targets, (i) => ({ route: route(i) ?? { name: 'none' } }))
      }
      case 'parallel': {
        const need = block.need === undefined ? {} : { need: block.need }
        const join = this.#add({ ...plain(this.#newId('all'), 'and-join'), ...need }, [next])
        return this.#add(
          plain(this.#newId('fork'), 'and-split'),
          block.branches.map((branch) => this.#build(branch, join)),
        )
      }
      case 'loop': {
        const head = this.#newId('again')
        const tail = this.#add(plain(this.#newId('more'), 'or-split'), [head, next], (i) =>
          i === 0 ? { rule: 'size(instance.title) > 9' } : { default: true },
        )
        return this.#add(plain(head, 'or-join'), [this.#build(block.body, tail)])
      }
      case 'goto': {
        const head = this.#newId('back')
        const jump = this.#add(plain(this.#newId('jump'), 'goto'), [head, next], (i) =>
          i === 0 && block.hasRule ? { rule: { js: 'return false' } } : {},
        )
        return this.#add(plain(head, 'or-join'), [this.#build(block.body, jump)])
      }
    }
  }

  #choice(block: Block & { readonly kind: 'choice' }, next: string): string {
    const join = this.#add(plain(this.#newId('merge'), 'or-join'), [next])
    const targets = block.branches.map((branch) => this.#build(branch, join))
    const last = targets.length - 1
    return this.#add(plain(this.#newId('choose'), 'or-split'), targets, (i) =>
      i < last ? { rule: `initiator == "person ${i}"` } : block.hasDefault ? { default: true } : {},
    )
  }

  #add(node: Node, targets: readonly string[], more: (i: number) => Partial<Transition> = () => ({})): string {
    this.#nodes.unshift(node)
    this.#transitions.set(
      node.id,
      targets.map((to, i) => ({ from: node.id, to, ...more(i) })),
    )
    return node.id
  }

  #newId(kind: string): string {
    this.#count++
    return `${kind}-${this.#count}`
  }
}

function plain<T extends 'or-split' | 'or-join' | 'and-split' | 'and-join' | 'goto'>(id: string, type: T): NodeBase & { readonly type: T } {
  return { id, title: titleFromId(id), type }
}

function step(): fc.Arbitrary<(id: string) => Node> {
  return fc.oneof(process(), participant(), wait(), container())
}

/** Words that are hard on YAML among them: quotes, colons, hashes, dashes, numbers, several lines. */
export function awkwardText(): fc.Arbitrary<string> {
  const awkward = fc.constantFrom(
    'yes',
    '12',
    '- a: b',
    '# no comment',
    "it's",
    '"quoted"',
    'a: b',
    'null',
    '~',
    ' spaced ',
    'line\nbreak\n',
    '{x}',
    '[',
    '*a',
    '&b',
    '!t',
    '%',
    '@at',
    '\ttab',
    'é 漢 🙂',
    '2026-01-01',
    '0x1F',
    '1e3',
    '---',
    '>-',
    '|',
  )
  return fc
    .oneof(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }), awkward)
    .filter((text) => text.trim() !== '' && !text.includes('{{'))
}

function header(): fc.Arbitrary<Omit<Model, 'nodes' | 'transitions'>> {
  const schema = fc.constantFrom({ type: 'string' }, { type: 'number', minimum: 1 }, { type: 'array', items: { type: 'string' } })
  const optional = fc.record(
    {
      description: awkwardText(),
      locks: fc.constantFrom(['printer'], ['system', 'line-{{ initiator }}']),
      multiResource: fc.boolean(),
      tags: fc.array(awkwardText(), { maxLength: 2 }),
      stages: fc.constant(['Draft', 'Review']),
      starters: fc.constant(['group:authors']),
      retention: fc.constantFrom('P90D', 'forever'),
    },
    { requiredKeys: [] },
  )
  const required = fc.record({
    id: fc.constantFrom('model', 'publish-page', 'x1'),
    title: awkwardText(),
    payload: fc.constantFrom('path', 'uuid', 'url', 'none'),
    data: fc.dictionary(fc.constantFrom('reason', 'amount', 'list'), schema),
  })
  return fc.tuple(required, optional).map(([head, more]) => ({ ...head, ...more, language: LANGUAGE }))
}

function base(): fc.Arbitrary<(id: string) => NodeBase> {
  const fields = fc.record(
    { title: awkwardText(), description: awkwardText(), maxPasses: fc.integer({ min: 1, max: 50 }) },
    { requiredKeys: [] },
  )
  const metadata = fc.option(
    fc.dictionary(fc.constantFrom('PROCESS', 'cq:x', 'a b'), fc.oneof(fc.string(), fc.array(awkwardText(), { maxLength: 2 }))),
    { nil: undefined, freq: 4 },
  )
  return fc.tuple(fields, metadata).map(([more, kept]) => (id: string) => ({
    id,
    title: titleFromId(id),
    ...more,
    ...(kept === undefined ? {} : { metadata: kept }),
  }))
}

function process(): fc.Arbitrary<(id: string) => ProcessNode> {
  const fields = fc.record(
    {
      with: fc.oneof(
        fc.constant({ message: 'Hello {{ initiator }}' }),
        fc.dictionary(awkwardText(), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<string>),
      ),
      retry: fc.constantFrom({ attempts: 5 }, { attempts: 3, initial: 'PT1S', factor: 1.5, max: 'PT1M', jitter: 0, nonRetryable: ['NO'] }),
      attemptTimeout: fc.constant('PT30S'),
      poll: fc.constant({ period: 'PT5S', timeout: 'PT1H', advanceOnTimeout: true }),
    },
    { requiredKeys: [] },
  )
  return fc.tuple(base(), fields, fc.boolean()).map(([make, more, autoAdvance]) => (id) => ({
    ...make(id),
    ...more,
    type: 'process',
    task: 'log',
    autoAdvance,
  }))
}

function participant(): fc.Arbitrary<(id: string) => ParticipantNode> {
  const fields = fc.record(
    {
      timeouts: fc.array(timeout(), { minLength: 1, maxLength: 3 }),
      itemTitle: fc.constantFrom('Look at {{ instance.title }}', 'Just look'),
      itemDescription: awkwardText(),
      form: fc.constant({ type: 'object', properties: { reason: { type: 'string' } } }),
      due: fc.constantFrom('P1D', 'now + duration("1h")'),
      priority: fc.integer({ min: 0, max: 100 }),
      exclude: fc.constant(['initiator']),
    },
    { requiredKeys: [] },
  )
  return fc.tuple(base(), fields, assign()).map(([make, more, who]) => (id) => ({ ...make(id), ...more, type: 'participant', assign: who }))
}

function assign(): fc.Arbitrary<Assign> {
  return fc.constantFrom<Assign>(
    { kind: 'user', user: 'ana' },
    { kind: 'group', group: 'editors' },
    { kind: 'initiator' },
    { kind: 'candidates', users: ['ana', 'bo'], groups: ['editors'] },
    { kind: 'rule', rule: '"user:" + initiator' },
    { kind: 'rule', rule: { js: 'return "user:ana"' } },
    { kind: 'task', task: 'choose', with: { team: 'a' } },
  )
}

function timeout(): fc.Arbitrary<Timeout> {
  return fc.constantFrom<Timeout>(
    { after: 'P2D', then: { kind: 'remind' }, every: 'P1D' },
    { after: 'PT1H30M', then: { kind: 'reassign', to: { kind: 'group', group: 'chiefs' } } },
    { at: 'now + duration("48h")', then: { kind: 'escalate', to: { kind: 'candidates', users: ['ana'], groups: [] } } },
    { after: 'P9D', then: { kind: 'fail' } },
    { after: 'P9D', then: { kind: 'run', task: 'log', with: { message: 'late' } } },
  )
}

function wait(): fc.Arbitrary<(id: string) => WaitNode> {
  const until = fc.constantFrom<WaitNode['until']>(
    { kind: 'duration', duration: 'PT5M' },
    { kind: 'duration', duration: '{{ "PT" + "5M" }}' },
    { kind: 'date', date: 'now + duration("1h")' },
    { kind: 'message', name: 'paid' },
    { kind: 'message', name: 'paid', key: '{{ instance.id }}' },
    { kind: 'callback' },
  )
  return fc.tuple(base(), until).map(([make, what]) => (id) => ({ ...make(id), type: 'wait', until: what }))
}

function container(): fc.Arbitrary<(id: string) => Node> {
  const fields = fc.record(
    { payload: fc.constant('{{ payload }}'), with: fc.constant({ from: '{{ instance.id }}' }) },
    { requiredKeys: [] },
  )
  const version = fc.constantFrom<'latest' | number>('latest', 3)
  return fc.tuple(base(), fields, version).map(([make, more, pinned]) => (id) => ({
    ...make(id),
    ...more,
    type: 'container',
    workflow: 'other',
    version: pinned,
  }))
}

interface Mutation {
  readonly kind: string
  readonly a: number
  readonly b: number
}

function mutate(model: Model, { kind, a, b }: Mutation): Model {
  const { nodes, transitions } = model
  const at = transitions.length === 0 ? 0 : a % transitions.length
  const target = nodes[1 + (b % (nodes.length - 1))]
  const transition = transitions[at]
  if (target === undefined || transition === undefined) return model
  switch (kind) {
    case 'redirect':
      return { ...model, transitions: transitions.map((one, i) => (i === at ? { ...one, to: target.id } : one)) }
    case 'duplicate':
      return { ...model, transitions: transitions.flatMap((one, i) => (i === at ? [one, { ...one, to: target.id }] : [one])) }
    case 'remove': {
      const siblings = transitions.filter((one) => one.from === transition.from)
      return siblings.length < 2 ? model : { ...model, transitions: transitions.filter((one) => one !== transition) }
    }
    default:
      return { ...model, nodes: nodes.map((node) => (node === target ? retyped(node) : node)) }
  }
}

function retyped(node: Node): Node {
  const { id } = node
  switch (node.type) {
    case 'or-join':
      return plain(id, 'and-join')
    case 'and-join':
      return plain(id, 'or-join')
    case 'or-split':
      return plain(id, 'and-split')
    case 'and-split':
      return plain(id, 'or-split')
    default:
      return node
  }
}
