/** What was typed into the field of this name; empty where the form has no such field. */
export const typedText = (values: FormData, name: string): string => {
  const value = values.get(name)
  return typeof value === 'string' ? value : ''
}
