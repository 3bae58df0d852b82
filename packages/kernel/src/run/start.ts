import { apply } from '../apply.ts'
import { deliver } from '../code/deliver.ts'
import type { Env } from '../env.ts'
import type { Fact } from '../fact.ts'
import type { StartInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { beginTurn, by, graphOf, type Turn } from '../turn.ts'
import type { Data, Payload } from '../values.ts'

/** Longest title of an instance, in characters. */
const MAX_TITLE = 500

/** Begins an instance. Payload, data and input are checked against what the version declares before anything is recorded. */
export const start = (input: StartInput, env: Env): Turn => {
  check(input, env)
  const created: Fact = {
    at: env.nowMs,
    t: 'created',
    id: input.id,
    workspace: input.workspace,
    workflow: input.workflow,
    version: input.version,
    kind: env.program.kind,
    title: (input.title ?? titleOf(input, env)).slice(0, MAX_TITLE),
    payload: input.payload,
    status: input.status ?? 'RUNNING',
    ...(isEmpty(input.data) ? {} : { data: input.data }),
    ...(input.input === undefined ? {} : { input: input.input }),
    ...(input.locks === undefined || input.locks.length === 0 ? {} : { locks: input.locks }),
    ...(input.force === true ? { force: true as const } : {}),
    ...(input.simulate === true ? { simulate: true as const } : {}),
    ...(input.startAtMs === undefined ? {} : { startAtMs: input.startAtMs }),
    ...(input.parent === undefined ? {} : { parent: input.parent }),
    ...(input.priority === undefined ? {} : { priority: input.priority }),
    ...by(input.by),
  }
  const turn = beginTurn(apply(undefined, created), env, [created])
  if (turn.state.status === 'RUNNING') beginRun(turn)
  return turn
}

/** The run was admitted: a token leaves the start, or the function is called. */
export const beginRun = (turn: Turn): void => {
  if (turn.state.kind === 'code') return deliver(turn)
  const { net } = graphOf(turn)
  turn.agenda.push({ kind: 'tokens', edges: net.outgoing[net.start] ?? [] })
}

const isEmpty = (data: Data): boolean => {
  for (const _ in data) return false
  return true
}

const titleOf = (input: StartInput, env: Env): string => {
  const title = env.program.kind === 'graph' ? env.program.model.title : env.program.title
  const of = payloadTitle(input.payload)
  return of === undefined ? title : `${title}: ${of}`
}

const payloadTitle = (payload: Payload): string | undefined =>
  payload.kind === 'none' || payload.kind === 'json' ? undefined : payload.ref

const check = (input: StartInput, env: Env): void => {
  const { program } = env
  if (program.kind === 'code') {
    if (program.inputSchema !== undefined) refuseProblems(input.workflow, 'input', env.validate(program.inputSchema, input.input ?? null))
    return
  }
  const { model } = program
  if (model.payload !== input.payload.kind) {
    const given = input.payload.kind === 'none' ? 'none was given' : `the given one is a ${input.payload.kind}`
    throw new Refusal('DATA_INVALID', `Workflow ${input.workflow} works on a payload of kind ${model.payload}, and ${given}.`, {
      problems: [{ pointer: '/payload', message: `must be of kind ${model.payload}` }],
    })
  }
  if (model.payloadSchema !== undefined && input.payload.kind === 'json') {
    refuseProblems(input.workflow, 'payload', env.validate(model.payloadSchema, input.payload.json))
  }
  for (const name in input.data) {
    const schema = model.data[name]
    const value = input.data[name]
    if (schema !== undefined && value !== undefined) refuseProblems(input.workflow, `data/${name}`, env.validate(schema, value))
    if (schema === undefined && !isImported(model)) {
      throw new Refusal(
        'DATA_INVALID',
        `Workflow ${input.workflow} declares no data named ${name}; it has ${Object.keys(model.data).join(', ') || 'none'}.`,
        {
          problems: [{ pointer: `/data/${name}`, message: 'is not declared by the model' }],
        },
      )
    }
  }
}

/** AEM models declare no metadata keys; anything may be given. */
const isImported = (model: { readonly imported?: unknown }): boolean => model.imported !== undefined

const refuseProblems = (
  workflow: string,
  where: string,
  problems: readonly { readonly pointer: string; readonly message: string }[],
): void => {
  const [first] = problems
  if (first === undefined) return
  throw new Refusal('DATA_INVALID', `Cannot start ${workflow}: ${where}${first.pointer} ${first.message}.`, {
    problems: problems.map((problem) => ({ pointer: `/${where}${problem.pointer}`, message: problem.message })),
  })
}
