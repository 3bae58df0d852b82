// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { GraphView, type GraphViewProps } from './GraphView.tsx'
import { graphOf } from './graph.fixture.ts'

const graph = graphOf('start>pick pick>a[yes] pick>b[no] a>met b>met met>end', { pick: 'or-split', met: 'or-join' })
const live = {
  tokens: new Map([['b', [{ mark: 'person' as const, count: 1 }]]]),
  resting: new Map(),
  passes: new Map([['pick', 2]]),
  passed: new Set<string>(),
}

afterEach(cleanup)

describe('graph view', () => {
  test('goes through the steps by arrow keys from the one that waits, and opens one by Enter', async () => {
    const { chosen, opened } = show({ live })
    const drawing = screen.getByRole('group', { name: /Graph of Pick one/ })
    drawing.focus()
    await userEvent.keyboard('{ArrowDown}')
    await userEvent.keyboard('{ArrowLeft}{ArrowUp}{Enter}')
    expect(chosen).toEqual(['b', 'a', 'pick'])
    expect(opened).toEqual(['pick'])
    expect(drawing.textContent).toContain('Pick One branch')
  })

  test('shows an outline that says what the drawing says', async () => {
    const { chosen } = show({ live })
    await userEvent.click(screen.getByRole('button', { name: 'Outline' }))
    expect(screen.queryByRole('group', { name: /Graph of/ })).toBeNull()
    const split = screen.getByRole('button', { name: /Pick/ })
    expect(split.textContent).toContain('2 passes')
    const [, no] = screen.getAllByRole('group')
    if (no === undefined) throw new Error('There are two branches.')
    expect(no.textContent).toMatch(/^no/)
    const waiting = within(no).getByRole('button', { name: /B/ })
    expect(within(waiting).getByRole('img')).toBeTruthy()
    await userEvent.click(waiting)
    expect(chosen).toEqual(['b'])
    expect(waiting.getAttribute('aria-current')).toBe('true')
  })

  test('says so when there is nothing to draw', () => {
    show({ graph: { nodes: [], edges: [] } })
    expect(screen.getByText('There are no steps yet.')).toBeTruthy()
  })
})

function show(props: Partial<GraphViewProps>): { readonly chosen: (string | undefined)[]; readonly opened: string[] } {
  const chosen: (string | undefined)[] = []
  const opened: string[] = []
  const Page = () => {
    const [selected, setSelected] = useState<string>()
    const choose = (id: string | undefined) => {
      chosen.push(id)
      setSelected(id)
    }
    return (
      <GraphView graph={graph} title="Pick one" {...props} selected={selected} onSelect={choose} onOpen={(id) => void opened.push(id)} />
    )
  }
  render(<Page />)
  return { chosen, opened }
}
