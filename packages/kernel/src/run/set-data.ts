import type { RunInput } from '../input.ts'
import { Refusal } from '../refusal.ts'
import { isFinal } from '../status.ts'
import { by, record, type Turn } from '../turn.ts'

/** An operator changes data of an open instance; each value must fit what the model declares. */
export const setData = (turn: Turn, input: Extract<RunInput, { kind: 'set-data' }>): void => {
  const { status, id } = turn.state
  if (isFinal(status))
    throw new Refusal('WRONG_STATUS', `Cannot change data of instance ${id}: it is ${status}. Restart it with other data.`)
  if (turn.env.program.kind === 'graph') {
    for (const [name, value] of Object.entries(input.data)) {
      const schema = turn.env.program.model.data[name]
      const [problem] = schema === undefined ? [] : turn.env.validate(schema, value)
      if (problem !== undefined) {
        throw new Refusal('DATA_INVALID', `Data ${name}${problem.pointer} ${problem.message}.`, {
          problems: [{ pointer: `/data/${name}${problem.pointer}`, message: problem.message }],
        })
      }
    }
  }
  record(turn, { t: 'data', data: input.data, ...by(input.by) })
}
