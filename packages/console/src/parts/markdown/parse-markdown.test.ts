import { expect, test } from 'vitest'
import { parseMarkdown } from './parse-markdown.ts'

const text = (value: string) => ({ kind: 'text', text: value })

test('headings, paragraphs, emphasis, code and links become data', () => {
  expect(parseMarkdown('# Check\n\nLook at **the total** and `id`, see [the page](https://example.org/a_(b)).')).toEqual([
    { kind: 'heading', level: 1, children: [text('Check')] },
    {
      kind: 'paragraph',
      children: [
        text('Look at '),
        { kind: 'strong', children: [text('the total')] },
        text(' and '),
        { kind: 'code', text: 'id' },
        text(', see '),
        { kind: 'link', href: 'https://example.org/a_(b)', children: [text('the page')] },
        text('.'),
      ],
    },
  ])
})

test('lists keep their items, their numbers and what is indented under them', () => {
  expect(parseMarkdown('3. one\n   more\n4. two\n   - inner\n\nafter')).toMatchObject([
    {
      kind: 'list',
      isOrdered: true,
      start: 3,
      items: [[{ kind: 'paragraph' }], [{ kind: 'paragraph' }, { kind: 'list', isOrdered: false }]],
    },
    { kind: 'paragraph', children: [text('after')] },
  ])
})

test('HTML and script are text, and a link that would run something is not a link', () => {
  expect(parseMarkdown('<img src=x onerror=alert(1)> <script>x</script>')).toEqual([
    { kind: 'paragraph', children: [text('<img src=x onerror=alert(1)> <script>x</script>')] },
  ])
  for (const href of ['javascript:alert(1)', 'JaVaScRiPt:x', 'data:text/html,x', '//evil.example/x', 'vbscript:x'])
    expect(JSON.stringify(parseMarkdown(`[a](${href})`))).not.toContain('"link"')
})

test('what is in a code block stays as it is', () => {
  expect(parseMarkdown('```sh\n# not a heading\n**x**\n```')).toEqual([{ kind: 'code', text: '# not a heading\n**x**' }])
})

test('quotes and lists nested without end are parsed to a depth and shown as text below it', () => {
  const deep = parseMarkdown(`${'> '.repeat(10_000)}x`)
  let depth = 0
  let block = deep[0]
  while (block?.kind === 'quote') {
    depth++
    block = block.blocks[0]
  }
  expect(depth).toBe(6)
})

test('100,000 letters of would-be markup take no noticeable time', () => {
  const started = performance.now()
  for (const piece of ['*', '_', '`', '[', '**a', '[a](', '> - ', '\\']) parseMarkdown(piece.repeat(100_000 / piece.length))
  expect(performance.now() - started).toBeLessThan(4_000)
})

test('snake_case words and multiplications are not emphasis', () => {
  expect(parseMarkdown('the field order_item_id is 2 * 3 * 4')).toEqual([
    { kind: 'paragraph', children: [text('the field order_item_id is 2 * 3 * 4')] },
  ])
})
