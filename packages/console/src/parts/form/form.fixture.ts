import type { JsonSchema } from './schema/json.ts'

/** Every widget once. */
export const everything: JsonSchema = {
  type: 'object',
  description: 'Every kind of field that a form can have.',
  properties: {
    title: { type: 'string', title: 'Title', minLength: 3, description: 'A few words for the list.', examples: ['Spring campaign'] },
    email: { type: 'string', format: 'email', title: 'E-mail' },
    reason: { type: 'string', format: 'multiline', title: 'Reason', maxLength: 40 },
    notes: { type: 'string', format: 'markdown', title: 'Notes' },
    amount: { type: 'number', title: 'Amount', minimum: 0, multipleOf: 0.01 },
    copies: { type: 'integer', title: 'Copies', minimum: 1, maximum: 5, default: 1 },
    urgent: { type: 'boolean', title: 'It is urgent' },
    agreed: { type: 'boolean', title: 'Do you agree?' },
    size: { enum: ['S', 'M', 'L'], title: 'Size' },
    country: { enum: ['Austria', 'Belgium', 'Czechia', 'Denmark', 'Estonia', 'Finland'], title: 'Country' },
    channels: { type: 'array', uniqueItems: true, items: { enum: ['web', 'print', 'radio'] }, title: 'Channels' },
    due: { type: 'string', format: 'date', title: 'Due' },
    goesLive: { type: 'string', format: 'date-time', title: 'Goes live' },
    tags: { type: 'array', items: { type: 'string', minLength: 1 }, title: 'Tags', maxItems: 3 },
    lines: {
      type: 'array',
      title: 'Lines',
      items: {
        type: 'object',
        title: 'Line',
        properties: { sku: { type: 'string', title: 'Article' }, count: { type: 'integer', minimum: 1, title: 'How many' } },
        required: ['sku'],
      },
    },
    address: {
      type: 'object',
      title: 'Address',
      properties: { street: { type: 'string' }, zip: { type: 'string', pattern: '^\\d{5}$' } },
      required: ['zip'],
    },
    payment: {
      title: 'Payment',
      oneOf: [
        {
          type: 'object',
          title: 'By card',
          properties: { by: { const: 'card' }, note: { type: 'string' }, number: { type: 'string', title: 'Card number' } },
          required: ['by', 'number'],
        },
        { type: 'object', title: 'By invoice', properties: { by: { const: 'invoice' }, note: { type: 'string' } }, required: ['by'] },
      ],
    },
    kind: { const: 'campaign', title: 'Kind' },
    number: { type: 'string', title: 'Order number', readOnly: true },
    extra: { type: 'object', additionalProperties: { type: 'number' }, title: 'Anything else' },
  },
  required: ['title', 'agreed', 'kind'],
  if: { properties: { urgent: { const: true } }, required: ['urgent'] },
  then: { properties: { because: { type: 'string', title: 'Why so urgent' } }, required: ['because'] },
}
