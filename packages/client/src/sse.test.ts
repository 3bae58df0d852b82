import { expect, test } from 'vitest'
import { createStreamReader } from './sse.ts'

test('messages are read whole however the stream is cut', () => {
  const text = ': hello\r\nid: 7\r\ndata: {"a":\r\ndata: 1}\r\n\r\nid: 8\n\nevent: x\ndata:y\n\n'
  const expected = [{ id: '7', data: '{"a":\n1}' }, { id: '8' }, { event: 'x', data: 'y' }]
  for (let size = 1; size <= text.length; size++) {
    const read = createStreamReader()
    const messages = []
    for (let at = 0; at < text.length; at += size) messages.push(...read(text.slice(at, at + size)))
    expect(messages, `pieces of ${size}`).toEqual(expected)
  }
})

test('an unfinished message is not delivered', () => {
  const read = createStreamReader()
  expect(read('data: half')).toEqual([])
  expect(read('\n')).toEqual([])
  expect(read('\n')).toEqual([{ data: 'half' }])
})
