// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { Timeline, type TimelineProps } from './Timeline.tsx'
import type { TimeWindow } from './time-scale.ts'
import { manyRows } from './timeline.fixture.ts'

afterEach(cleanup)

const whole = { fromMs: 0, toMs: 100_000 }
const span = (cause: 'compute' | 'person', fromMs: number, toMs?: number) => ({ cause, fromMs, ...(toMs === undefined ? {} : { toMs }) })
const rows = [
  { step: 0, node: '', title: '', run: 1, spans: [{ cause: 'queue' as const, fromMs: 0, toMs: 1_000 }] },
  { step: 1, node: 'a', title: 'Review', run: 1, spans: [span('person', 1_000, 61_000)], isCritical: true },
  { step: 2, node: 'b', title: 'Publish', run: 1, spans: [span('compute', 61_000)], spansLeft: 1_200 },
]

function show(props: Partial<TimelineProps> = {}) {
  const said: { windows: (TimeWindow | undefined)[]; steps: number[]; more: string[] } = { windows: [], steps: [], more: [] }
  const onMore = (where: string) => void said.more.push(where)
  const Page = () => {
    const [window, setWindow] = useState<TimeWindow>()
    const [selected, setSelected] = useState<number>()
    const [isWaitingHidden, setWaitingHidden] = useState(false)
    return (
      <Timeline
        title="Publish a page"
        rows={rows}
        whole={whole}
        nowMs={63_000}
        zone="UTC"
        {...props}
        onMore={onMore}
        window={window}
        onWindow={(next) => {
          said.windows.push(next)
          setWindow(next)
        }}
        selected={selected}
        onSelect={(step) => {
          said.steps.push(step)
          setSelected(step)
        }}
        isWaitingHidden={isWaitingHidden}
        onHideWaiting={setWaitingHidden}
      />
    )
  }
  render(<Page />)
  return said
}

describe('a timeline', () => {
  test('tells each row to those who do not see its bars', () => {
    show()
    expect(screen.getAllByRole('option').map((option) => option.getAttribute('aria-label'))).toEqual([
      'The instance itself, In the queue 1s',
      'Review 1, Waits for a person 1m, decides how long it takes',
      'Publish 2, Runs still 2s, 1,200 stretches not shown',
    ])
  })

  test('goes through the steps and the time by keys', async () => {
    const said = show()
    const list = screen.getByRole('listbox', { name: 'Timeline of Publish a page' })
    list.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{End}{Home}')
    expect(said.steps).toEqual([0, 1, 2, 0])
    expect(list.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id)
    await userEvent.keyboard('+{ArrowRight}0')
    expect(said.windows).toEqual([{ fromMs: 20_000, toMs: 80_000 }, { fromMs: 35_000, toMs: 95_000 }, undefined])
  })

  test('folds what is only waiting', async () => {
    show()
    screen.getByRole('listbox').focus()
    await userEvent.keyboard('w')
    expect(screen.getByRole('checkbox', { name: 'Hide waiting' })).toHaveProperty('checked', true)
    expect([...document.querySelectorAll('svg title')].map((title) => title.textContent)).toContain('1m 1s of waiting')
  })

  test('of ten thousand rows draws those in sight, and tells how many there are', () => {
    show({ rows: manyRows(10_000, 0) })
    const options = screen.getAllByRole('option')
    expect(options.length).toBeLessThan(60)
    expect(options[0]?.getAttribute('aria-setsize')).toBe('10000')
  })

  test('asks for rows that come into sight and are not here, and keeps their room', () => {
    const said = show({ left: { before: 0, after: 500 } })
    expect(said.more).toEqual(['after'])
    expect(screen.getAllByRole('option')[3]?.getAttribute('aria-busy')).toBe('true')
    expect(document.querySelector<HTMLElement>('[role=listbox] > div')?.style.height).toBe(`${503 * 24}px`)
  })

  test('says so when nothing has happened', () => {
    show({ rows: [] })
    expect(screen.getByText('Nothing has happened yet.')).toBeTruthy()
  })
})
