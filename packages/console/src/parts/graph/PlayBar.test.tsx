// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { graphOf } from './graph.fixture.ts'
import { PlayBar } from './PlayBar.tsx'
import { playOf } from './play.ts'

const play = playOf(graphOf('start>a a>end'), {
  node: 'a',
  sentence: 'A hangs.',
  steps: [{ node: 'start', tokens: [0], sentence: 'It starts.' }],
})

const Page = () => {
  const [at, setAt] = useState(0)
  return <PlayBar play={play} at={at} onMove={setAt} />
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

test('a play goes move by move, each with its sentence, up to the defect', () => {
  render(<Page />)
  const forward = screen.getByRole('button', { name: 'One move on' })
  fireEvent.click(forward)
  expect(screen.getByText('It starts.')).toBeTruthy()
  fireEvent.click(forward)
  expect(screen.getByText('A hangs.')).toBeTruthy()
  expect(forward.hasAttribute('disabled')).toBe(true)
  fireEvent.click(screen.getByRole('button', { name: 'One move back' }))
  expect(screen.getByText('Move 1 of 2')).toBeTruthy()
})

test('it plays by itself and stops at the end', () => {
  render(<Page />)
  fireEvent.click(screen.getByRole('button', { name: 'Play' }))
  act(() => void vi.advanceTimersByTime(1_800))
  expect(screen.getByText('It starts.')).toBeTruthy()
  act(() => void vi.advanceTimersByTime(1_800))
  expect(screen.getByText('A hangs.')).toBeTruthy()
  act(() => void vi.advanceTimersByTime(10_000))
  expect(screen.getByRole('button', { name: 'Play' })).toBeTruthy()
})
