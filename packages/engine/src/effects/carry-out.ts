/** What a commit made true is carried out: attempts, deliveries to code, notices. Each ends in a report to the writer, or in nothing. */
import type { Input, State } from '@millrace/kernel'
import type { Clock } from '../clock.ts'
import type { Programs } from '../programs.ts'
import { stoppedAttempts } from '../recover.ts'
import type { LateEffect } from '../tick/piece.ts'
import type { Attempts } from './attempts.ts'
import type { Deliveries } from './deliveries.ts'

/** Somebody to be told of a work item. */
export interface Notice {
  readonly instance: string
  readonly step: number
  readonly reason: 'opened' | 'reminded' | 'escalated' | 'reassigned'
  readonly to: readonly string[]
}

export type RunAttempt = (state: State, effect: Extract<LateEffect['effect'], { readonly kind: 'attempt' }>) => Input | Promise<Input>

export const createRunAttempt =
  ({ programs, attempts }: { readonly programs: Programs; readonly attempts: Attempts }): RunAttempt =>
  (state, effect) => {
    const program = programs.get(state.workspace, state.workflow, state.version)?.program
    const node =
      program?.kind === 'graph' ? program.model.nodes[program.net.indexOf.get(state.steps[effect.step]?.node ?? '') ?? -1] : undefined
    return attempts.run(state, effect, node?.type === 'process' && !node.autoAdvance)
  }

export interface CarryOutPorts {
  readonly attempts: Attempts
  readonly runAttempt: RunAttempt
  readonly deliveries: Deliveries
  readonly clock: Clock
  /** Hands a result to the writer. */
  readonly report: (instance: string, input: Input) => void
  readonly notify: ((notice: Notice) => void) | undefined
  readonly onDefect: (error: unknown, about: string) => void
}

/** @returns the function that carries out one effect; `state` is the instance's as committed */
export const createCarryOut = (ports: CarryOutPorts): ((state: State, late: LateEffect) => void) => {
  const { attempts, runAttempt, deliveries, clock, report, notify, onDefect } = ports
  return (state, { instance, effect }) => {
    switch (effect.kind) {
      case 'attempt': {
        // A later unit of the same tick may have closed the step, or cancelled the instance: then it ends without having begun.
        if (state.steps[effect.step] === undefined) return
        if (state.status === 'CANCELLING') {
          for (const input of stoppedAttempts(state)) if (input.step === effect.step) report(instance, input)
          return
        }
        const result = runAttempt(state, effect)
        if (result instanceof Promise)
          result.then(
            (input) => report(instance, input),
            (error: unknown) => onDefect(error, 'attempt'),
          )
        else report(instance, result)
        return
      }
      case 'deliver':
        deliveries.deliver(state, effect.delivery, effect.delivery.atMs ?? clock.now()).then(
          (input) => report(instance, input),
          (error: unknown) => onDefect(error, `code of instance ${instance}`),
        )
        return
      case 'abort':
        return attempts.abort(instance, effect.step)
      case 'forget':
        return deliveries.forget(instance)
      case 'notify':
        return notify?.({ instance, step: effect.step, reason: effect.reason, to: effect.to })
    }
  }
}
