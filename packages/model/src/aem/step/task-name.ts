import type { JsonValue } from '../../model.ts'
import { jsonOf, type Metadata } from '../metadata.ts'
import { celLiteral } from '../rule/subject.ts'

/** Name of the task that stands for an AEM class, label or script until it is bound to a real one. */
export function aemTask(name: string): string {
  return `aem:${name}`
}

/** Class, label or path of a task made by {@link aemTask}. */
export function aemNameOf(task: string): string | undefined {
  return task.startsWith('aem:') ? task.slice('aem:'.length) : undefined
}

/** A step's metadata as arguments of its task; braces that would be taken for an expression are quoted. */
export function argumentsOf(metadata: Metadata): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(
    Object.entries(metadata)
      .filter(([key]) => !key.startsWith('../'))
      .map(([key, value]) => [key, quoted(jsonOf(value))]),
  )
}

function quoted(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.includes('{{') ? `{{ ${celLiteral(value)} }}` : value
  return Array.isArray(value) ? value.map((entry: JsonValue) => quoted(entry)) : value
}

/** AEM's own placeholders are no expressions of Millrace: where a text is a template, braces that look like one are kept apart. */
export function plainText<Text extends string | undefined>(text: Text): Text | string {
  return text?.replaceAll('{{', '{ {') ?? text
}
