/** `{ status: ['A','B'], data: { 'order.id': 'A1' } }` → `?status=A&status=B&data.order.id=A1`. Texts that look like JSON are quoted, so they stay texts. */
export const queryString = (query: { readonly [name: string]: unknown } | undefined): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue
    if (typeof value !== 'object') search.append(name, `${value as string | number | boolean}`)
    else if (Array.isArray(value)) for (const item of value) search.append(name, String(item))
    else for (const [path, wanted] of Object.entries(value)) search.append(`${name}.${path}`, asText(wanted))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

const asText = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value)
  try {
    JSON.parse(value)
    return JSON.stringify(value)
  } catch {
    return value
  }
}
