import { nodeById } from '../program.ts'
import { Refusal } from '../refusal.ts'
import type { Step } from '../step.ts'
import type { Turn } from '../turn.ts'
import type { Data, Failure } from '../values.ts'

/** Why what a step brings cannot become data: a value that is not what the model declares. Code declares none. */
export const misfit = (turn: Turn, step: Step, data: Data | undefined): Failure | undefined => {
  const { program, validate } = turn.env
  if (data === undefined || program.kind !== 'graph') return undefined
  for (const [name, value] of Object.entries(data)) {
    const schema = program.model.data[name]
    const [problem] = schema === undefined ? [] : validate(schema, value)
    if (problem === undefined) continue
    return {
      code: 'DATA_INVALID',
      message: `What ${nodeById(program, step.node).title} gives does not fit data ${name}: ${problem.pointer === '' ? 'it' : problem.pointer} ${problem.message}.`,
      details: { problems: [{ pointer: `/data/${name}${problem.pointer}`, message: problem.message }] },
    }
  }
  return undefined
}

/** Whoever gives the value is there to be told. @throws Refusal DATA_INVALID */
export const assertFits = (turn: Turn, step: Step, data: Data | undefined): void => {
  const error = misfit(turn, step, data)
  if (error !== undefined) throw new Refusal('DATA_INVALID', error.message, error.details as Data)
}
