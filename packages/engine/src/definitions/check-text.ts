import type { Principal } from '@millrace/kernel'
import { type Assign, checkModel, hashModel, type Model, type Node, positionAt } from '@millrace/model'
import type { CheckAnswer, Problem, TaskRunner } from '@millrace/protocol'
import type { Directory } from '../directory.ts'

export interface CheckPorts {
  readonly tasks: TaskRunner
  readonly directory: Directory
}

/** A text checked whole: form, rules, soundness, and what only the host knows: tasks nobody offers, people who do not exist. */
export interface CheckedText extends CheckAnswer {
  /** Absent when a problem is an error. */
  readonly model?: Model
}

export const checkText = (ports: CheckPorts, text: string, file: string): CheckedText => {
  const checked = checkModel(text, { file })
  const { model, draft, soundness, positions, id } = checked
  const known = model ?? draft
  const found =
    known === undefined
      ? []
      : known.nodes.flatMap((node) =>
          [...taskProblems(ports, node), ...peopleProblems(ports, node)].map((problem) => ({
            ...problem,
            ...positionAt(positions, `nodes/${node.id}`),
            node: node.id,
          })),
        )
  return {
    ok: model !== undefined,
    ...(known === undefined || id === undefined ? {} : { id, title: known.title }),
    ...(model === undefined ? {} : { model, hash: hashModel(model) }),
    problems: [...checked.problems, ...found],
    ...(soundness === undefined ? {} : { soundness: soundness as unknown as NonNullable<CheckAnswer['soundness']> }),
  }
}

/** An unbound task stops nothing at Sync: the step will wait as an incident until it is bound, and imports bring many. */
const taskProblems = ({ tasks }: CheckPorts, node: Node): readonly Problem[] => {
  const task =
    node.type === 'process' ? node.task : node.type === 'participant' && node.assign.kind === 'task' ? node.assign.task : undefined
  if (task === undefined || tasks.has(task)) return []
  return [
    {
      code: 'TASK_UNKNOWN',
      severity: 'warning',
      message: `No plugin offers task ${task}, which ${node.title} runs.`,
      hint: 'Bind it in millrace.yaml, or write it as a .task.ts.',
    },
  ]
}

const peopleProblems = ({ directory }: CheckPorts, node: Node): readonly Problem[] =>
  principalsIn(node)
    .filter((who) => !directory.canAnswer(who))
    .map((who) => ({
      code: 'ASSIGNEE_UNKNOWN',
      severity: 'warning',
      message: `${node.title}: nobody can answer as ${who} now.`,
      hint: who.startsWith('group:')
        ? `Create the group and give it an active member: millrace group add ${who.slice(6)}`
        : `Create the user: millrace user add ${who.slice(5)}`,
    }))

const principalsIn = (node: Node): readonly Principal[] => [
  ...(node.type === 'participant' ? named(node.assign) : []),
  ...(node.timeouts ?? []).flatMap(({ then }) => (then.kind === 'reassign' || then.kind === 'escalate' ? named(then.to) : [])),
]

const named = (assign: Assign): readonly Principal[] => {
  switch (assign.kind) {
    case 'user':
      return [`user:${assign.user}`]
    case 'group':
      return [`group:${assign.group}`]
    case 'candidates':
      return [...assign.users.map((user): Principal => `user:${user}`), ...assign.groups.map((group): Principal => `group:${group}`)]
    default:
      return []
  }
}
