/**
 * Medians of the soundness check, of the text form around it and of small rules. Run: `node packages/model/bench/soundness.ts`.
 *
 * Aims (issue 3): a block-structured model of 500 nodes under 50 ms; an unstructured one of 30 nodes under 200 ms. Beside them, in
 * the same run, the plain graph walk that any check must at least do, so that the numbers mean something on another machine.
 */
import { availableParallelism, cpus } from 'node:os'
import {
  checkModel,
  checkSoundness,
  compileExpression,
  compileNet,
  type Model,
  type Node,
  parseModel,
  printModel,
  type Transition,
} from '@millrace/model'

const RUNS = 41

process.stdout.write(
  `node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}; median of ${RUNS} runs\n`,
)
for (const [name, model] of [
  ['block-structured, 500 nodes', blockStructured(500)],
  ['block-structured, 2,000 nodes', blockStructured(2_000)],
  ['unstructured and sound, 30 nodes', crossed({ turns: 4, isSound: true })],
  ['unstructured and unsound, 30 nodes', crossed({ turns: 4, isSound: false })],
  ['unstructured and sound, 60 nodes', crossed({ turns: 9, isSound: true })],
] as const) {
  const walk = median(() => compileNet(model))
  const check = median(() => checkSoundness(model))
  const { verdict, states } = checkSoundness(model)
  const ratio = (check / walk).toFixed(1)
  print(
    name,
    `${check.toFixed(2)} ms (${ratio} × the graph walk of ${walk.toFixed(2)} ms): ${verdict}, ${states} states, ${model.nodes.length} nodes`,
  )
}

const large = blockStructured(500)
const text = printModel(large)
print('parse its text', `${median(() => parseModel(text)).toFixed(1)} ms for ${text.length} characters`)
print('parse, validate and check it', `${median(() => checkModel(text)).toFixed(1)} ms`)
print('print it', `${median(() => printModel(large)).toFixed(1)} ms`)

const context = {
  data: { amount: 250, reason: 'late' },
  payload: { path: '/content/a' },
  initiator: 'ana',
  instance: { id: 'i', title: 't' },
  nowMs: 0,
}
const declarations = { data: { amount: { type: 'number' }, reason: { type: 'string' } }, payload: 'path' } as const
for (const source of ['data.amount > 100', 'data.amount > 100 && data.reason != "" && payload.path.startsWith("/content")']) {
  const rule = compileExpression(source, declarations, 'boolean')
  const many = median(() => {
    for (let i = 0; i < 1_000; i++) rule.evaluate(context)
  })
  print(`evaluate ${source}`, `${many.toFixed(2)} µs`)
}

function median(run: () => unknown): number {
  const times: number[] = []
  for (let i = 0; i < RUNS; i++) {
    const began = performance.now()
    run()
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[RUNS >> 1] ?? 0
}

function print(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(40)} ${value}\n`)
}

/** Nested parallel and exclusive blocks and loops, one after another, until there are so many nodes. */
function blockStructured(size: number): Model {
  const nodes: Node[] = [{ id: 'start', type: 'start', title: 'Start' }]
  const transitions: Transition[] = []
  let before = 'start'
  for (let i = 0; nodes.length < size - 1; i++) {
    const block = [`fork${i}`, `a${i}`, `choose${i}`, `b${i}`, `c${i}`, `merge${i}`, `join${i}`, `again${i}`]
    const [fork = '', a = '', choose = '', b = '', c = '', merge = '', join = '', again = ''] = block
    nodes.push(
      { id: again, type: 'or-join', title: again },
      { id: fork, type: 'and-split', title: fork },
      step(a),
      { id: choose, type: 'or-split', title: choose },
      step(b),
      step(c),
      { id: merge, type: 'or-join', title: merge },
      { id: join, type: 'and-join', title: join },
      { id: `loop${i}`, type: 'goto', title: 'Loop' },
    )
    const pairs = [
      [before, again],
      [again, fork],
      [fork, a],
      [fork, choose],
      [choose, c],
      [b, merge],
      [c, merge],
      [a, join],
      [merge, join],
      [join, `loop${i}`],
    ]
    for (const [from = '', to = ''] of pairs) lead(from, to)
    lead(choose, b, 'initiator == "ana"')
    lead(`loop${i}`, again, 'initiator == "bo"')
    before = `loop${i}`
  }
  nodes.push({ id: 'end', type: 'end', title: 'End' })
  lead(before, 'end')
  return model(nodes, transitions)

  function lead(from: string, to: string, rule?: string): void {
    transitions.push({ from, to, ...(rule === undefined ? {} : { rule }) })
  }
}

/**
 * Two lanes in parallel. The first one chooses, and either choice goes on in its own lane and sends word to the second, which waits
 * for it. The words leave the choice from its inside, so that no block encloses it and nothing folds. Unsound: the last choice
 * forgets to send word on one of its ways.
 */
function crossed({ turns, isSound }: { readonly turns: number; readonly isSound: boolean }): Model {
  const nodes: Node[] = [
    { id: 'start', type: 'start', title: 'Start' },
    { id: 'fork', type: 'and-split', title: 'Fork' },
  ]
  const transitions: Transition[] = [{ from: 'start', to: 'fork' }]
  let first = 'fork'
  let second = 'fork'
  for (let i = 0; i < turns; i++) {
    const [choose, x, y, go, word, wait] = [`choose${i}`, `x${i}`, `y${i}`, `go${i}`, `word${i}`, `wait${i}`] as const
    const isWrong = !isSound && i === turns - 1
    nodes.push(
      { id: choose, type: 'or-split', title: choose },
      { id: x, type: 'and-split', title: x },
      isWrong ? step(y) : { id: y, type: 'and-split', title: y },
      { id: go, type: 'or-join', title: go },
      { id: word, type: 'or-join', title: word },
      { id: wait, type: 'and-join', title: wait },
    )
    const pairs = [
      [first, choose],
      [choose, x],
      [choose, y],
      [x, go],
      [x, word],
      [y, go],
      [word, wait],
      [second, wait],
    ] as const
    for (const [from, to] of pairs) transitions.push({ from, to })
    if (!isWrong) transitions.push({ from: y, to: word })
    first = go
    second = wait
  }
  nodes.push(step('a'), step('b'), { id: 'join', type: 'and-join', title: 'Join' }, { id: 'end', type: 'end', title: 'End' })
  transitions.push(
    { from: first, to: 'a' },
    { from: 'a', to: 'join' },
    { from: second, to: 'b' },
    { from: 'b', to: 'join' },
    { from: 'join', to: 'end' },
  )
  return model(nodes, transitions)
}

function step(id: string): Node {
  return { id, type: 'process', title: id, task: 'log', with: { message: id }, autoAdvance: true }
}

function model(nodes: readonly Node[], transitions: readonly Transition[]): Model {
  const order = new Map(nodes.map((node, i) => [node.id, i]))
  const sorted = [...transitions].sort((a, b) => (order.get(a.from) ?? 0) - (order.get(b.from) ?? 0))
  return { id: 'bench', title: 'Bench', language: 1, payload: 'path', data: {}, nodes, transitions: sorted }
}
