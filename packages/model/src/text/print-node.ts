import { isTemplate } from '../expression/template.ts'
import type { Assign, JsonValue, Node, NodeBase, ParticipantNode, Rule, Timeout, TimeoutHandler, Transition, WaitUntil } from '../model.ts'
import { defined } from './defined.ts'
import { titleFromId } from './title.ts'

type Printed = { readonly [key: string]: JsonValue | undefined }

/** A node in the text form, its keys in the order people read them: what it is, what it does, when it is late, where it goes. */
export function printNode(node: Node, outgoing: readonly Transition[]): { readonly [key: string]: JsonValue } {
  const { id, type, title, description, stage, timeouts, metadata, maxPasses } = node
  return defined({
    id,
    type,
    ...(node.type === 'participant' ? printTitles(node) : { title: title === titleFromId(id) ? undefined : title }),
    description,
    stage,
    ...printOwn(node),
    maxPasses,
    timeout: timeouts === undefined ? undefined : printTimeouts(timeouts),
    metadata,
    ...printOutgoing(node, outgoing),
  })
}

function printTitles(node: ParticipantNode): Printed {
  const hasOwnTitle = node.title !== titleFromId(node.id)
  const title = hasOwnTitle ? node.title : undefined
  if (node.itemTitle === undefined) return { title }
  return !hasOwnTitle && isTemplate(node.itemTitle) ? { title: node.itemTitle } : { title, itemTitle: node.itemTitle }
}

function printOwn(node: Node): Printed {
  switch (node.type) {
    case 'participant': {
      const { assign, itemDescription, form, result, due, priority, exclude } = node
      return { assign: printAssign(assign), itemDescription, form, result, due, priority, exclude }
    }
    case 'process': {
      const { task, result, retry, attemptTimeout, autoAdvance, poll } = node
      return {
        task,
        with: node.with,
        result,
        retry: retry === undefined ? undefined : defined({ ...retry }),
        attemptTimeout,
        poll: poll === undefined ? undefined : defined({ ...poll }),
        callback: autoAdvance ? undefined : true,
      }
    }
    case 'container': {
      const { workflow, version, payload, result } = node
      return { workflow, version: version === 'latest' ? undefined : version, payload, with: node.with, result }
    }
    case 'wait':
      return { ...printUntil(node.until), result: node.result }
    case 'and-join':
      return { need: node.need }
    default:
      return {}
  }
}

function printUntil(until: WaitUntil): Printed {
  switch (until.kind) {
    case 'duration':
      return { for: until.duration }
    case 'date':
      return { until: until.date }
    case 'message':
      return { message: until.name, key: until.key }
    case 'callback':
      return { callback: true }
  }
}

export function printAssign(assign: Assign): JsonValue {
  switch (assign.kind) {
    case 'user':
      return `user:${assign.user}`
    case 'group':
      return `group:${assign.group}`
    case 'initiator':
      return 'initiator'
    case 'candidates':
      return [...assign.users.map((user) => `user:${user}`), ...assign.groups.map((group) => `group:${group}`)]
    case 'rule':
      return { choose: printRule(assign.rule) }
    case 'task':
      return defined({ task: assign.task, with: isEmptyObject(assign.with) ? undefined : assign.with })
  }
}

function printRule(rule: Rule): JsonValue {
  return typeof rule === 'string' ? rule : { js: rule.js }
}

function printTimeouts(timeouts: NonNullable<NodeBase['timeouts']>): JsonValue {
  const printed = timeouts.map(printTimeout)
  const [only] = printed
  return printed.length === 1 && only !== undefined ? only : printed
}

function printTimeout({ after, at, every, then }: Timeout): JsonValue {
  return defined({ after, at, every, then: printHandler(then) })
}

function printHandler(handler: TimeoutHandler): JsonValue {
  switch (handler.kind) {
    case 'remind':
    case 'fail':
      return handler.kind
    case 'route':
      return handler.route === undefined ? 'route' : { route: handler.route }
    case 'run':
      return defined({ run: handler.task, with: handler.with })
    case 'reassign':
    case 'escalate':
      return { [handler.kind]: printAssign(handler.to) }
  }
}

function printOutgoing(node: Node, outgoing: readonly Transition[]): Printed {
  const [first, second] = outgoing
  switch (node.type) {
    case 'end':
      return {}
    case 'or-split':
    case 'and-split':
      return { branches: outgoing.map(printBranch) }
    case 'goto':
      return { to: first?.to, when: first?.rule === undefined ? undefined : printRule(first.rule), next: second?.to }
    case 'participant':
      return first?.route === undefined ? { next: first?.to } : { routes: Object.fromEntries(outgoing.map(printRoute)) }
    default:
      return { next: first?.to }
  }
}

function printBranch(transition: Transition): JsonValue {
  const { to, rule } = transition
  if (rule === undefined && transition.default !== true) return to
  return defined({ when: rule === undefined ? undefined : printRule(rule), default: transition.default === true ? true : undefined, to })
}

function printRoute({ to, route, default: isDefault }: Transition): readonly [string, JsonValue] {
  const { name, ...rest } = route ?? { name: to }
  if (Object.keys(rest).length === 0 && isDefault !== true) return [name, to]
  return [name, defined({ to, ...rest, default: isDefault === true ? true : undefined })]
}

function isEmptyObject(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
}
