/**
 * Reads a query string. A name given twice is a list, and `data.order.id=A1` goes into `data`, whose values are read as JSON where they are JSON.
 */
export const parseQuery = (text: string): { readonly [name: string]: unknown } => {
  const query: { [name: string]: unknown } = {}
  if (text === '') return query
  const data: { [path: string]: unknown } = {}
  let hasData = false
  for (const [name, value] of new URLSearchParams(text)) {
    if (name.startsWith('data.') && name.length > 5) {
      data[name.slice(5)] = jsonOrText(value)
      hasData = true
    } else if (Object.hasOwn(query, name)) {
      query[name] = [query[name], value].flat()
    } else if (name !== '__proto__') {
      query[name] = value
    }
  }
  if (hasData) query.data = data
  return query
}

const jsonOrText = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
