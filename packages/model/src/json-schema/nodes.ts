import type { JsonSchema, NodeType } from '../model.ts'

const text = { type: 'string', minLength: 1 } as const
const result = { ...text, description: 'Name of the data the result goes into.' } as const
const next = { $ref: '#/$defs/target' } as const
const timeout = {
  description: 'Deadlines.',
  anyOf: [{ $ref: '#/$defs/timeout' }, { type: 'array', items: { $ref: '#/$defs/timeout' } }],
} as const

/** What each node type may have beside id, type, title and the like. */
export const nodeSchemas: { readonly [type in NodeType]: JsonSchema } = {
  start: node('start', 'Only needed to give the start a title or another id.', { next }, ['next']),
  end: node('end', 'Only needed to name an end: the outcome it stands for.', {}, []),
  participant: node(
    'participant',
    'Opens a work item for a person.',
    {
      assign: { $ref: '#/$defs/assign' },
      itemTitle: { ...text, description: 'Title of the work item as a template, where title names the node.' },
      itemDescription: { ...text, description: 'Markdown template shown above the form.' },
      form: { $ref: '#/$defs/schema', description: 'What the person fills in.' },
      result,
      due: { type: 'string', minLength: 1, description: 'Duration after opening, or a CEL date.' },
      priority: { type: 'integer', minimum: 0, maximum: 100, default: 50 },
      exclude: { $ref: '#/$defs/texts', description: 'Who may not decide: initiator, user:name, step:node-id.' },
      routes: {
        type: 'object',
        minProperties: 1,
        additionalProperties: { $ref: '#/$defs/route' },
        description: 'The outcomes, each with where it leads.',
      },
      timeout,
      next,
    },
    ['assign'],
    { oneOf: [{ required: ['routes'] }, { required: ['next'] }] },
  ),
  process: node(
    'process',
    'Runs a task.',
    {
      task: { ...text, description: 'Name of the task.', examples: ['log', 'data.set', 'http.request', 'mail.send', 'script.javascript'] },
      with: { description: 'Arguments; texts may be templates: "{{ data.amount }}".' },
      result,
      retry: {
        type: 'object',
        properties: {
          attempts: { type: 'integer', minimum: 1, maximum: 1000, description: 'Tries in all.' },
          initial: { $ref: '#/$defs/duration', description: 'Wait before the second try; default 1s.' },
          factor: { type: 'number', minimum: 1, maximum: 100, description: 'Growth of the wait; default 2.' },
          max: { $ref: '#/$defs/duration', description: 'Longest wait; default 10m.' },
          jitter: { type: 'number', minimum: 0, maximum: 1, description: 'Share of the wait that is random; default 0.2.' },
          nonRetryable: { $ref: '#/$defs/texts', description: 'Error codes that are not tried again.' },
        },
        required: ['attempts'],
        additionalProperties: false,
      },
      attemptTimeout: { $ref: '#/$defs/duration', description: 'Longest time of one try.' },
      poll: {
        type: 'object',
        properties: {
          period: { $ref: '#/$defs/duration' },
          timeout: { $ref: '#/$defs/duration' },
          advanceOnTimeout: { type: 'boolean', description: 'Giving up completes the step instead of failing it.' },
        },
        required: ['period'],
        additionalProperties: false,
        description: 'Ask again until the task says it has finished.',
      },
      callback: { type: 'boolean', description: 'The step completes when its callback arrives, not when the task returns.' },
      timeout,
      next,
    },
    ['task', 'next'],
  ),
  container: node(
    'container',
    'Starts an instance of another workflow and waits for it.',
    {
      workflow: text,
      version: { anyOf: [{ const: 'latest' }, { type: 'integer', minimum: 1 }], default: 'latest' },
      payload: { description: "The child's payload as a template; without it the parent's." },
      with: { type: 'object', description: 'Data the child starts with.' },
      result,
      timeout,
      next,
    },
    ['workflow', 'next'],
  ),
  'or-split': node(
    'or-split',
    'Takes one branch: the first whose rule is true, else the default.',
    { branches: { type: 'array', items: { $ref: '#/$defs/branch' }, minItems: 2 } },
    ['branches'],
  ),
  'or-join': node('or-join', 'Goes on for every branch that comes.', { next }, ['next']),
  'and-split': node(
    'and-split',
    'Takes all branches at once.',
    { branches: { type: 'array', items: { $ref: '#/$defs/target' }, minItems: 2 } },
    ['branches'],
  ),
  'and-join': node(
    'and-join',
    'Waits for all branches, or for so many of them.',
    { need: { type: 'integer', minimum: 1, maximum: 1000, description: 'How many branches are enough; the others are withdrawn.' }, next },
    ['next'],
  ),
  goto: node(
    'goto',
    'Jumps when its rule is true, else goes on.',
    { to: { $ref: '#/$defs/target' }, when: { $ref: '#/$defs/rule' }, next },
    ['to'],
    { dependentRequired: { when: ['next'], next: ['when'] } },
  ),
  wait: node(
    'wait',
    'Waits for a time, a message or a callback.',
    {
      for: {
        anyOf: [{ $ref: '#/$defs/duration' }, { type: 'string', pattern: '\\{\\{' }],
        description: 'A duration, or a template that gives one.',
      },
      until: { $ref: '#/$defs/cel', description: 'CEL date: timestamp(data.deadline).' },
      message: { ...text, description: 'Name of the message.' },
      key: { ...text, description: 'Template; only a message with this key counts.' },
      callback: { const: true, description: "A POST to the step's callback address." },
      result: { ...text, description: 'Name of the data the message or callback goes into.' },
      timeout,
      next,
    },
    ['next'],
    {
      oneOf: ['for', 'until', 'message', 'callback'].map((key) => ({ required: [key] })),
      dependentRequired: { key: ['message'] },
    },
  ),
}

function node(type: NodeType, description: string, properties: JsonSchema, required: readonly string[], more: JsonSchema = {}): JsonSchema {
  return {
    type: 'object',
    title: type,
    description,
    properties: {
      id: { $ref: '#/$defs/id' },
      type: { const: type, description },
      title: {
        ...text,
        description: type === 'participant' ? 'Its name, or the work item title as a template.' : 'Its name; without it made from the id.',
      },
      description: text,
      stage: { ...text, description: 'One of the stages of the model.' },
      maxPasses: { type: 'integer', minimum: 1, maximum: 1_000_000, description: 'Most passes in one run; default 1,000.' },
      metadata: { $ref: '#/$defs/metadata' },
      ...properties,
    },
    required: ['id', 'type', ...required],
    additionalProperties: false,
    ...more,
  }
}
