import type { JsonSchema } from '../model.ts'

/** Parts of the text form that stand in several places, by their name under `$defs`. */
export const valueSchemas: { readonly [name: string]: JsonSchema } = {
  id: {
    type: 'string',
    pattern: '^[A-Za-z][A-Za-z0-9_.-]*$',
    maxLength: 100,
    description: 'Letters, digits, - _ . and a letter first.',
  },
  target: { type: 'string', description: 'Id of the node to go on to; `end` is always there.' },
  duration: {
    type: 'string',
    pattern:
      '^(P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+([.,]\\d{1,3})?S)?)?|(?=\\d)(\\d+w)?\\s*(\\d+d)?\\s*(\\d+h)?\\s*(\\d+m)?\\s*(\\d+s)?\\s*(\\d+ms)?)$',
    description: 'ISO 8601 (P2D, PT90M) or short (2d, 1h30m).',
    examples: ['P2D', 'PT1H', '1h30m'],
  },
  cel: {
    type: ['string', 'number', 'boolean'],
    description: 'CEL over data, payload, initiator, instance, step and now. Example: data.amount > 100 && initiator != "ana".',
  },
  rule: {
    description: 'CEL, or JavaScript that runs apart with limits on time and memory.',
    anyOf: [
      { $ref: '#/$defs/cel' },
      {
        type: 'object',
        properties: { js: { type: 'string', minLength: 1, description: 'Body of a function; it returns the result.' } },
        required: ['js'],
        additionalProperties: false,
      },
    ],
  },
  schema: { type: 'object', description: 'A JSON Schema.' },
  dataSchema: {
    description: 'A JSON Schema, or the name of a type.',
    anyOf: [{ enum: ['string', 'number', 'integer', 'boolean', 'object', 'array'] }, { $ref: '#/$defs/schema' }],
  },
  principal: {
    type: 'string',
    pattern: '^(user|group):(?!.*\\{\\{).+$',
    description: 'user:name or group:name.',
    examples: ['user:ana', 'group:editors'],
  },
  assign: {
    description: 'Who works on it.',
    anyOf: [
      { const: 'initiator', description: 'Who started the instance.' },
      { $ref: '#/$defs/principal' },
      { type: 'array', items: { $ref: '#/$defs/principal' }, minItems: 1, description: 'Several candidates; one of them claims it.' },
      {
        type: 'object',
        properties: { choose: { $ref: '#/$defs/rule', description: 'Gives "user:name", "group:name" or a list of them.' } },
        required: ['choose'],
        additionalProperties: false,
      },
      {
        type: 'object',
        properties: { task: { type: 'string', minLength: 1, description: 'A task whose output names them.' }, with: true },
        required: ['task'],
        additionalProperties: false,
      },
    ],
  },
  route: {
    description: 'Where this outcome leads.',
    anyOf: [
      { $ref: '#/$defs/target' },
      {
        type: 'object',
        properties: {
          to: { $ref: '#/$defs/target' },
          label: { type: 'string', minLength: 1, description: 'Words on the button; without it the name of the route.' },
          style: { enum: ['primary', 'danger'] },
          form: { $ref: '#/$defs/schema', description: 'Form to fill in for this outcome.' },
          commentRequired: { type: 'boolean', description: 'The person must say why.' },
          default: { type: 'boolean', description: 'Deadlines that name no route take this one.' },
        },
        required: ['to'],
        additionalProperties: false,
      },
    ],
  },
  branch: {
    description: 'A branch: an id, or an id with its condition.',
    anyOf: [
      { $ref: '#/$defs/target' },
      {
        type: 'object',
        properties: {
          when: { $ref: '#/$defs/rule', description: 'Taken when it is true; branches are asked in their order.' },
          default: { type: 'boolean', description: 'Taken when no rule is true.' },
          to: { $ref: '#/$defs/target' },
        },
        required: ['to'],
        additionalProperties: false,
      },
    ],
  },
  handler: {
    description: 'What happens when it is late.',
    anyOf: [
      { enum: ['remind', 'fail', 'route'], description: 'remind the person, fail the instance, or take the default route.' },
      handler({ remind: { const: true } }),
      handler({ fail: { const: true } }),
      handler({ route: { type: 'string', minLength: 1, description: 'The route to take.' } }),
      handler({ reassign: { $ref: '#/$defs/assign' } }),
      handler({ escalate: { $ref: '#/$defs/assign', description: 'Adds candidates and raises the priority.' } }),
      handler({ run: { type: 'string', minLength: 1, description: 'The task to run.' } }, { with: true }),
    ],
  },
  timeout: {
    type: 'object',
    properties: {
      after: { $ref: '#/$defs/duration', description: 'Time after the step opened.' },
      at: { $ref: '#/$defs/cel', description: 'CEL date: timestamp(data.deadline).' },
      every: { $ref: '#/$defs/duration', description: 'Again so often; for remind and run.' },
      then: { $ref: '#/$defs/handler' },
    },
    required: ['then'],
    oneOf: [{ required: ['after'] }, { required: ['at'] }],
    additionalProperties: false,
  },
  texts: {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', items: { type: 'string', minLength: 1 } },
    ],
  },
  metadata: {
    type: 'object',
    description: 'What an imported model carried, word for word.',
    additionalProperties: { anyOf: [{ type: ['string', 'number', 'boolean', 'null'] }, { type: 'array', items: { type: 'string' } }] },
  },
}

function handler(properties: JsonSchema, more: JsonSchema = {}): JsonSchema {
  return { type: 'object', properties: { ...properties, ...more }, required: Object.keys(properties), additionalProperties: false }
}
