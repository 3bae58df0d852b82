import type { Principal } from '@millrace/kernel'
import { type Assign, checkModel, hashModel, type Model, type Node, positionAt } from '@millrace/model'
import type { CheckAnswer, Problem, Store, TaskRunner } from '@millrace/protocol'
import type { Directory } from '../directory.ts'
import { otherWorkflows } from './other-workflows.ts'
import { argumentProblems } from './task-arguments.ts'

export interface CheckPorts {
  readonly store: Store
  readonly tasks: TaskRunner
  readonly directory: Directory
}

/** A text checked whole: form, rules, soundness, and what only the host knows: tasks nobody offers, people and workflows that do not exist. */
export interface CheckedText extends CheckAnswer {
  /** As far as it can be read; also where a problem is an error. */
  readonly draft?: Model
  /** Absent when a problem is an error. */
  readonly model?: Model
}

export const checkText = async (
  ports: CheckPorts,
  { workspace, text, file }: { readonly workspace: string; readonly text: string; readonly file: string },
): Promise<CheckedText> => {
  const alone = checkModel(text, { file })
  const started = alone.draft === undefined ? undefined : await otherWorkflows(ports.store, workspace, alone.draft)
  const checked = started === undefined || started.known.size === 0 ? alone : checkModel(text, { file, others: started.known })
  const { model, draft, soundness, positions, id } = checked
  const known = model ?? draft
  const offered = ports.tasks.list()
  const found = (known?.nodes ?? []).flatMap((node) => [
    ...[...taskProblems(ports, node), ...peopleProblems(ports, node), ...workflowProblems(started?.absent, node)].map((problem) => ({
      ...problem,
      ...positionAt(positions, `nodes/${node.id}`),
      node: node.id,
    })),
    ...argumentProblems(offered, node).map(({ path, ...problem }) => ({ ...problem, ...positionAt(positions, path), node: node.id })),
  ])
  return {
    ok: model !== undefined,
    ...(known === undefined || id === undefined ? {} : { id, title: known.title }),
    ...(known === undefined ? {} : { draft: known }),
    ...(model === undefined ? {} : { model, hash: hashModel(model) }),
    problems: [...checked.problems, ...found],
    ...(soundness === undefined ? {} : { soundness: soundness as unknown as NonNullable<CheckAnswer['soundness']> }),
  }
}

/** An unbound task stops nothing at Sync: the step will wait as an incident until it is bound, and imports bring many. */
const taskProblems = ({ tasks }: CheckPorts, node: Node): readonly Problem[] => {
  const task = taskOf(node)
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

/** The task a node runs, or that chooses whom it asks. */
export const taskOf = (node: Node): string | undefined => {
  if (node.type === 'process') return node.task
  return node.type === 'participant' && node.assign.kind === 'task' ? node.assign.task : undefined
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

/** A warning: of two new workflows one is synced first. */
const workflowProblems = (absent: ReadonlySet<string> | undefined, node: Node): readonly Problem[] =>
  node.type === 'container' && absent?.has(node.workflow) === true
    ? [
        {
          code: 'WORKFLOW_UNKNOWN',
          severity: 'warning',
          message: `${node.title} starts ${node.workflow}, but no version of it is there yet.`,
          hint: `Sync ${node.workflow} before an instance comes there, or correct the name.`,
        },
      ]
    : []

/** Everybody a node asks by name, also when its deadlines have passed. */
export const principalsIn = (node: Node): readonly Principal[] => [
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
