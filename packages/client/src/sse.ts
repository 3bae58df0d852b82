/** One message of a `text/event-stream`, or a line that only moves the position on (`data` absent). */
export interface StreamMessage {
  readonly id?: string
  readonly event?: string
  readonly data?: string
}

/**
 * Splits a stream of text into its messages (WHATWG server-sent events). Pieces may break anywhere, also between CR and LF.
 *
 * @example const read = createStreamReader(); read('id: 1\ndata: {"a"'); read(':1}\n\n') // → [{ id: '1', data: '{"a":1}' }]
 */
export const createStreamReader = (): ((piece: string) => readonly StreamMessage[]) => {
  let rest = ''
  let fields: { id?: string; event?: string; data?: string } = {}
  return (piece) => {
    const messages: StreamMessage[] = []
    rest += piece
    // A CR at the very end may be half of a CRLF: wait for the next piece.
    const usable = rest.endsWith('\r') ? rest.length - 1 : rest.length
    const lines = rest.slice(0, usable).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + rest.slice(usable)
    for (const line of lines) {
      if (line === '') {
        if (fields.data !== undefined || fields.id !== undefined) messages.push(fields)
        fields = {}
        continue
      }
      const colon = line.indexOf(':')
      if (colon === 0) continue
      const name = colon < 0 ? line : line.slice(0, colon)
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
      if (name === 'data') fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`
      else if (name === 'id' || name === 'event') fields[name] = value
    }
    return messages
  }
}
