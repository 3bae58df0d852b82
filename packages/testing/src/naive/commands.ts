/** Commands that may come at any time, sensible or not: the kernel must refuse them, or keep its invariants. */
import type { Input } from '@millrace/kernel'
import { INITIATOR, type KernelPlayer, OPERATOR } from './kernel-player.ts'

type Command = (player: KernelPlayer, pick: number) => Input

/** A command by number, aimed by `pick` at a step or node that exists or once existed. What has ended is mostly begun again. */
export const commandOf = (player: KernelPlayer, kind: number, pick: number): Input => {
  const commands = player.isOver && kind % 5 !== 0 ? BEGIN_AGAIN : mayStepBack(player) && kind % 2 === 0 ? [stepBack] : COMMANDS
  const command = commands[kind % commands.length]
  if (command === undefined) throw new Error('There are no commands.')
  return command(player, pick)
}

const BEGIN_AGAIN: readonly Command[] = [
  () => ({ kind: 'resume', by: OPERATOR }),
  () => ({ kind: 'restart', by: OPERATOR }),
  (player, pick) => ({ kind: 'restart', by: OPERATOR, from: nodeAt(player, pick) }),
  (player, pick) => ({ kind: 'restart', by: OPERATOR, from: nodeAt(player, pick), status: 'QUEUED' }),
]

/** Rare by chance: one work item alone, after another was decided. */
const mayStepBack = (player: KernelPlayer): boolean => {
  const [only, ...others] = player.steps
  return others.length === 0 && only?.wait.kind === 'work-item' && Object.keys(player.state.decidedBy).some((node) => node !== only.node)
}

/** Back to where it came from, or to any node. */
const stepBack: Command = (player, pick) => {
  const step = itemAt(player, pick)
  const to = pick % 3 === 0 ? { to: nodeAt(player, pick >> 3), comment: 'Again.' } : {}
  return { kind: 'step-back', by: decider(player, step), step, ...to }
}

const COMMANDS: readonly Command[] = [
  () => ({ kind: 'suspend', by: OPERATOR }),
  () => ({ kind: 'resume', by: OPERATOR }),
  () => ({ kind: 'resume', by: OPERATOR }),
  () => ({ kind: 'cancel', by: OPERATOR }),
  () => ({ kind: 'terminate', by: OPERATOR }),
  () => ({ kind: 'restart', by: OPERATOR }),
  (player, pick) => ({ kind: 'restart', by: OPERATOR, from: nodeAt(player, pick) }),
  (player, pick) => ({ kind: 'restart', by: OPERATOR, from: nodeAt(player, pick), status: 'QUEUED' }),
  () => ({ kind: 'admit' }),
  () => ({ kind: 'admit' }),
  stepBack,
  (player, pick) => ({ kind: 'skip', by: OPERATOR, step: stepAt(player, pick) }),
  (player, pick) => ({ kind: 'skip', by: OPERATOR, step: stepAt(player, pick), route: nodeAt(player, pick >> 3) }),
  (player, pick) => ({ kind: 'skip', by: OPERATOR, step: stepAt(player, pick), route: 'route-0' }),
  (player, pick) => ({ kind: 'retry', by: OPERATOR, step: stepAt(player, pick) }),
  () => ({ kind: 'retry', by: OPERATOR }),
  (player, pick) => ({ kind: 'timer', step: stepAt(player, pick) }),
  (player, pick) => ({ kind: 'timer', step: stepAt(player, pick), timeout: pick % 3 }),
  () => ({ kind: 'timer', step: 0 }),
  (player, pick) => ({ kind: 'callback', step: stepAt(player, pick), body: pick }),
  (_, pick) => ({ kind: 'message', name: 'paid', body: pick }),
  (_, pick) => ({ kind: 'message', name: 'paid', key: 'instance', body: pick }),
  (player, pick) => ({ kind: 'claim', by: OPERATOR, step: itemAt(player, pick) }),
  (player, pick) => ({ kind: 'unclaim', by: OPERATOR, step: itemAt(player, pick) }),
  (player, pick) => ({ kind: 'delegate', by: OPERATOR, step: itemAt(player, pick), to: pick % 2 === 0 ? 'user:bo' : 'group:editors' }),
  (player, pick) => ({ kind: 'comment', by: INITIATOR, step: itemAt(player, pick), text: 'Look.' }),
  (player, pick) => ({ kind: 'complete', by: OPERATOR, step: stepAt(player, pick), route: 'route-0', version: 1 + (pick % 3) }),
  (player, pick) => ({ kind: 'attempt-succeeded', step: stepAt(player, pick), attempt: 1 + (pick % 2), output: { done: true } }),
  (player, pick) => ({
    kind: 'attempt-failed',
    step: stepAt(player, pick),
    attempt: 1 + (pick % 2),
    error: { code: 'NO', message: 'No.' },
  }),
  (_, pick) => ({ kind: 'set-data', by: OPERATOR, data: { amount: pick } }),
]

/** Mostly an open step, now and then one that is over or never was. */
const stepAt = (player: KernelPlayer, pick: number): number => {
  const open = Object.values(player.state.steps)
  const chosen = open[pick % Math.max(1, open.length)]
  return chosen === undefined || pick % 7 === 0 ? 1 + (pick % (player.state.lastStep + 2)) : chosen.n
}

const nodeAt = (player: KernelPlayer, pick: number): string => player.model.nodes[pick % player.model.nodes.length]?.id ?? 'end'

/** An open work item, if there is one. */
const itemAt = (player: KernelPlayer, pick: number): number => {
  const items = player.steps.filter((step) => step.wait.kind === 'work-item')
  return items[pick % Math.max(1, items.length)]?.n ?? stepAt(player, pick)
}

/** Somebody who may decide the step, if it is a person's. */
const decider = (player: KernelPlayer, n: number) => {
  const wait = player.state.steps[n]?.wait
  return wait?.kind === 'work-item' && wait.assignee !== undefined ? { ...OPERATOR, user: wait.assignee } : OPERATOR
}
