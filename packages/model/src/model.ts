/**
 * What a model is once parsed: nodes joined by transitions, with exactly one start and at least one end.
 *
 * This file owns the shape every other layer reads (kernel, store, server, console). It does not own the text form
 * (`text/`), the rules a model must keep (`validate/`, `soundness/`) or what happens when it runs (package kernel).
 *
 * Invariants:
 * I1. `nodes[0]` is the start; ids are unique; every transition's `from` and `to` name nodes.
 * I2. The order of `transitions` is the order of evaluation: of the outgoing ones of a node, earlier is asked first.
 * I3. Durations are ISO 8601 (`P2D`, `PT1H30M`); the text form also takes `1h30m` and stores ISO.
 * I4. Expressions are CEL source. A JavaScript rule is `{ js: source }` and is pinned with the version.
 */

/** Semantics a version runs with. A release that changes what a model means adds a number, never redefines one. */
export const LANGUAGE = 1

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }
/** A JSON Schema (2020-12) as plain data. */
export type JsonSchema = { readonly [key: string]: JsonValue }

/** What the payload of an instance is: a reference, inline JSON, or nothing. */
export type PayloadKind = 'path' | 'uuid' | 'url' | 'json' | 'none'

export interface Model {
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly language: typeof LANGUAGE
  readonly payload: PayloadKind
  /** Schema of an inline JSON payload. */
  readonly payloadSchema?: JsonSchema
  /** Declared data by name, each a JSON Schema; undeclared names are refused by the type check of rules. */
  readonly data: { readonly [name: string]: JsonSchema }
  /** Nothing is written while the instance runs through automatic steps (DESIGN 5.6). */
  readonly transient?: boolean
  /** Named locks an instance holds while it runs, as templates: `deployment:{{ data.target }}`, `system`, `printer`. */
  readonly locks?: readonly string[]
  /** One instance for all selected resources (AEM multi-resource support). */
  readonly multiResource?: boolean
  readonly tags?: readonly string[]
  /** Named phases that steps may belong to, in order. */
  readonly stages?: readonly string[]
  /** Who may start it: `user:…`, `group:…`; absent = every member. */
  readonly starters?: readonly string[]
  /** How long an ended instance stays before it is purged; ISO duration or `forever`. Absent = the host's default. */
  readonly retention?: string
  readonly nodes: readonly Node[]
  readonly transitions: readonly Transition[]
  /** Where an imported model came from, and what it carried that Millrace has no meaning for. */
  readonly imported?: Imported
}

export interface Transition {
  readonly from: string
  readonly to: string
  /** Condition; absent = always true. */
  readonly rule?: Rule
  /** Outcome a person picks to take this transition. */
  readonly route?: Route
  /** Taken when no rule of its siblings is true. */
  readonly default?: boolean
}

/** CEL source, or JavaScript that runs in QuickJS off the main thread. */
export type Rule = string | { readonly js: string }

/** A named outcome a person can choose. */
export interface Route {
  readonly name: string
  /** Words on the button; absent = the name. */
  readonly label?: string
  readonly style?: 'primary' | 'danger'
  /** Form to fill for this outcome, over the participant's own. */
  readonly form?: JsonSchema
  /** The person must say why. */
  readonly commentRequired?: boolean
}

export type NodeType =
  | 'start'
  | 'end'
  | 'participant'
  | 'process'
  | 'container'
  | 'or-split'
  | 'or-join'
  | 'and-split'
  | 'and-join'
  | 'goto'
  | 'wait'

export type Node =
  | StartNode
  | EndNode
  | ParticipantNode
  | ProcessNode
  | ContainerNode
  | OrSplitNode
  | OrJoinNode
  | AndSplitNode
  | AndJoinNode
  | GotoNode
  | WaitNode

export interface NodeBase {
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly stage?: string
  /** Deadlines of a step of this node, in the order written. Only nodes that wait have them. */
  readonly timeouts?: readonly Timeout[]
  /** What an AEM node carried, kept word for word so that Sync can reproduce its runtime form. */
  readonly metadata?: { readonly [key: string]: string | readonly string[] }
  /** Most passes of this node in one run; a loop beyond it is incident LOOP_LIMIT. Absent = 1,000. */
  readonly maxPasses?: number
}

export interface StartNode extends NodeBase {
  readonly type: 'start'
}
export interface EndNode extends NodeBase {
  readonly type: 'end'
}

/** Opens a work item for a person. */
export interface ParticipantNode extends NodeBase {
  readonly type: 'participant'
  readonly assign: Assign
  /** Work item title as a template (`Review {{ payload.path }}`); absent = the node's title. */
  readonly itemTitle?: string
  /** Markdown template shown above the form. */
  readonly itemDescription?: string
  readonly form?: JsonSchema
  /** Where the answer's form values go in data; absent = merged at the top for declared names. */
  readonly result?: string
  /** Time after opening when it is due, ISO duration, or a CEL date expression. */
  readonly due?: string
  /** 0 to 100, default 50. */
  readonly priority?: number
  /** Nobody on this list may decide: `initiator`, `step:<node id>` (who completed it), `user:…`. */
  readonly exclude?: readonly string[]
}

/** A user, a group, the initiator, several candidates, or the result of a chooser. */
export type Assign =
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'initiator' }
  | { readonly kind: 'candidates'; readonly users: readonly string[]; readonly groups: readonly string[] }
  /** CEL that gives `user:x`, `group:x` or a list of them. */
  | { readonly kind: 'rule'; readonly rule: Rule }
  /** A task whose output is `user:x`, `group:x` or a list of them. */
  | { readonly kind: 'task'; readonly task: string; readonly with: JsonValue }

/** Runs a task. */
export interface ProcessNode extends NodeBase {
  readonly type: 'process'
  /** Name of the task, `http.request` for example. */
  readonly task: string
  /** Arguments; strings may be templates. A whole-string template keeps its value's type. */
  readonly with?: JsonValue
  /** Where the task's output goes in data; absent = kept in the history only. */
  readonly result?: string
  readonly retry?: Retry
  /** Longest time one attempt may take, ISO duration. */
  readonly attemptTimeout?: string
  /** true: the step completes when the task returns. false: when its callback arrives or a person advances it. */
  readonly autoAdvance: boolean
  /** Ask again until the task says it has finished (AEM external process). */
  readonly poll?: Poll
}

export interface Retry {
  /** Tries in all, the first included; 1 = no retry. */
  readonly attempts: number
  /** Wait before the second try, ISO duration; default PT1S. */
  readonly initial?: string
  /** Growth of the wait; default 2. */
  readonly factor?: number
  /** Longest wait, ISO duration; default PT10M. */
  readonly max?: string
  /** Share of the wait that is random, 0 to 1; default 0.2. */
  readonly jitter?: number
  /** Error codes that are not tried again. */
  readonly nonRetryable?: readonly string[]
}

export interface Poll {
  /** ISO duration between two tries. */
  readonly period: string
  /** ISO duration after which it gives up. */
  readonly timeout?: string
  /** Giving up completes the step instead of failing it. */
  readonly advanceOnTimeout?: boolean
}

/** Starts a child instance of another workflow and waits for it. */
export interface ContainerNode extends NodeBase {
  readonly type: 'container'
  readonly workflow: string
  /** `latest` = the newest version when the child starts; a number pins it. */
  readonly version: 'latest' | number
  /** Template for the child's payload; absent = the parent's. */
  readonly payload?: JsonValue
  /** Data the child starts with; values may be templates. */
  readonly with?: { readonly [name: string]: JsonValue }
  /** Where the child's data goes when it completes. */
  readonly result?: string
}

/** Exactly one outgoing transition is taken: rules in order, then the default. */
export interface OrSplitNode extends NodeBase {
  readonly type: 'or-split'
}
export interface OrJoinNode extends NodeBase {
  readonly type: 'or-join'
}
/** Every outgoing transition is taken. */
export interface AndSplitNode extends NodeBase {
  readonly type: 'and-split'
}
export interface AndJoinNode extends NodeBase {
  readonly type: 'and-join'
  /** How many incoming transitions must have a token; fewer than all withdraws the rest of the block. Absent = all. */
  readonly need?: number
}

/** A loop edge: its first outgoing transition is the jump (with the rule), the second the fall-through. */
export interface GotoNode extends NodeBase {
  readonly type: 'goto'
}

export interface WaitNode extends NodeBase {
  readonly type: 'wait'
  readonly until: WaitUntil
  /** Where the message or callback body goes in data. */
  readonly result?: string
}

export type WaitUntil =
  /** ISO duration or template. */
  | { readonly kind: 'duration'; readonly duration: string }
  /** CEL that gives a timestamp or an ISO date string. */
  | { readonly kind: 'date'; readonly date: string }
  /** A message by name; `key` (template) must equal the message's key. Early messages are kept. */
  | { readonly kind: 'message'; readonly name: string; readonly key?: string }
  /** A POST to the step's callback address. */
  | { readonly kind: 'callback' }

export interface Timeout {
  /** ISO duration after the step opened. Exactly one of `after` and `at`. */
  readonly after?: string
  /** CEL date expression. */
  readonly at?: string
  readonly then: TimeoutHandler
  /** ISO duration: fire again so often; remind and run only. */
  readonly every?: string
}

export type TimeoutHandler =
  | { readonly kind: 'remind' }
  | { readonly kind: 'reassign'; readonly to: Assign }
  /** Adds candidates and raises the priority; the assignee keeps the item. */
  | { readonly kind: 'escalate'; readonly to: Assign }
  /** Completes the step by this route; absent = by its default or only transition. */
  | { readonly kind: 'route'; readonly route?: string }
  | { readonly kind: 'run'; readonly task: string; readonly with?: JsonValue }
  | { readonly kind: 'fail' }

export interface Imported {
  readonly from: 'aem-design' | 'aem-runtime' | 'aem-json'
  /** Source file as named at import. */
  readonly file?: string
  /** Model-level metadata word for word. */
  readonly metadata: { readonly [key: string]: string | readonly string[] }
  /** Declared variables word for word, by name. */
  readonly variables?: { readonly [name: string]: { readonly [key: string]: string | readonly string[] } }
  /** Rules as the source wrote them, by `from#to` of its transition. */
  readonly rules?: { readonly [transition: string]: string }
  /** Splits of the source that became routes of the participant before them. */
  readonly choices?: readonly ImportedChoice[]
  /** Where gotos that always jump went on in the source, by their ids: never taken, so not in the model. */
  readonly fallThroughs?: { readonly [goto: string]: string }
}

/** A split without rules after a person: the person chooses, so the model has routes instead. Kept to give the source's form back. */
export interface ImportedChoice {
  /** Id the split had. */
  readonly split: string
  /** What it hung on: the participant, or the split of which it began a branch. */
  readonly after: string
  /** First nodes of its branches in order; one may be the split of another choice. */
  readonly branches: readonly string[]
  /** Place of its default branch in `branches`, from 0. */
  readonly default?: number
}
