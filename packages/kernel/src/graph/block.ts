import { indexOf } from '../program.ts'
import { withdraw } from '../step/withdraw.ts'
import { graphOf, record, type Turn } from '../turn.ts'
import type { Edge } from '../values.ts'

/** G4: a join that needed fewer branches has fired; what is left in its block is taken away, except the token it just sent on. */
export const clearBlock = (turn: Turn, region: readonly Edge[], out: readonly Edge[]): void => {
  const program = graphOf(turn)
  const isInside = new Set(region)
  for (const step of Object.values(turn.state.steps)) {
    const incoming = program.net.incoming[indexOf(program, step.node)] ?? []
    if (incoming.length > 0 && incoming.every((edge) => isInside.has(edge))) withdraw(turn, step, 'The join went on without this branch.')
  }
  const left: Edge[] = []
  for (const edge of region) {
    if (out.includes(edge)) continue
    for (let count = turn.state.tokens[edge] ?? 0; count > 0; count--) left.push(edge)
  }
  if (left.length > 0) record(turn, { t: 'cleared', edges: left })
}
