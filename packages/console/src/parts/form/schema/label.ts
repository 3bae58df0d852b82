import { isObject, type JsonValue } from './json.ts'

/** Words of a field: its title, else its name taken apart (`invoiceNumber` is "Invoice number"). */
export function labelOf(schema: JsonValue | undefined, name: string): string {
  if (isObject(schema) && typeof schema.title === 'string' && schema.title.trim() !== '') return schema.title
  const words = name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
  if (words === '') return name
  return words
    .split(' ')
    .map((word, i) => (i === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : /^\p{Lu}+$/u.test(word) ? word : word.toLowerCase()))
    .join(' ')
}
