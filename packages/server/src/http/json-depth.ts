const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/**
 * Where a JSON text nests deeper than `limit`; undefined when it does not. One pass without a stack of its own: what nests too deep overflows
 * the stack of everybody else who looks at it.
 *
 * @param text JSON that was parsed already
 */
export const tooDeepAt = (text: string, limit: number): number | undefined => {
  let depth = 0
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isText) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) isText = false
    } else if (code === QUOTE) isText = true
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > limit) return at
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--
  }
  return undefined
}
