/** The title of a node or model that has none: `publish-page` is "Publish page". */
export function titleFromId(id: string): string {
  const words = id.replace(/[-_.]+/g, ' ').trim()
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1)
}
