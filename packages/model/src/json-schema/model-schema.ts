import type { JsonSchema } from '../model.ts'
import { nodeSchemas } from './nodes.ts'
import { valueSchemas } from './values.ts'

/**
 * JSON Schema (2020-12) of the text form, for editors: what may stand where, with descriptions to complete from.
 *
 * It says what a schema can say. Targets that do not exist, types of expressions and soundness are `checkModel`'s.
 */
export const modelSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:millrace:model:1',
  title: 'Millrace model',
  description: 'A workflow as a graph: nodes and where each goes on to. The first node follows the start; end is always there.',
  type: 'object',
  properties: {
    id: { $ref: '#/$defs/id', description: 'Name of the model in addresses and commands.' },
    title: { type: 'string', minLength: 1, description: 'Its name for people; without it made from the id.' },
    description: { type: 'string', minLength: 1 },
    language: { const: 1, description: 'Semantics the model is written for.' },
    payload: {
      enum: ['path', 'uuid', 'url', 'json', 'none'],
      description: 'What an instance works on: a reference, JSON, or nothing.',
      default: 'none',
    },
    payloadSchema: { $ref: '#/$defs/schema', description: 'JSON Schema of a JSON payload.' },
    data: { type: 'object', additionalProperties: { $ref: '#/$defs/dataSchema' }, description: 'The variables of an instance.' },
    transient: { type: 'boolean', description: 'Nothing is written while it runs through automatic steps.' },
    locks: { $ref: '#/$defs/texts', description: 'Locks an instance holds while it runs, as templates.' },
    multiResource: { type: 'boolean', description: 'One instance for all selected resources.' },
    tags: { $ref: '#/$defs/texts' },
    stages: { $ref: '#/$defs/texts', description: 'Phases that nodes belong to, in order.' },
    starters: {
      anyOf: [{ $ref: '#/$defs/principal' }, { type: 'array', items: { $ref: '#/$defs/principal' } }],
      description: 'Who may start it; without it every member.',
    },
    retention: { anyOf: [{ const: 'forever' }, { $ref: '#/$defs/duration' }], description: 'How long an ended instance stays.' },
    nodes: {
      type: 'array',
      minItems: 1,
      maxItems: 2_000,
      items: { oneOf: Object.keys(nodeSchemas).map((type) => ({ $ref: `#/$defs/${type}` })) },
    },
    imported: {
      type: 'object',
      description: 'Written by an importer, so that the form of the source can be given back.',
      properties: {
        from: { enum: ['aem-design', 'aem-runtime', 'aem-json'] },
        file: { type: 'string' },
        metadata: { $ref: '#/$defs/metadata' },
        variables: { type: 'object', additionalProperties: { $ref: '#/$defs/metadata' } },
        rules: { type: 'object', additionalProperties: { type: 'string' } },
        choices: { type: 'array', items: { type: 'object' } },
        fallThroughs: { type: 'object', additionalProperties: { type: 'string' } },
      },
      required: ['from'],
      additionalProperties: false,
    },
  },
  required: ['id', 'nodes'],
  additionalProperties: false,
  $defs: { ...valueSchemas, ...nodeSchemas },
}
