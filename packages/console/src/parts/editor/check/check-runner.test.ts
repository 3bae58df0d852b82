import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Checked } from '../checked.ts'
import { CheckRunner, type CheckWorker, PATIENCE_MS, PAUSE_MS } from './check-runner.ts'

const checked = (verdict: 'sound' | 'unsound'): Checked => ({ problems: [], lines: {}, verdict })

class FakeWorker implements CheckWorker {
  onmessage: CheckWorker['onmessage'] = null
  onerror: CheckWorker['onerror'] = null
  readonly texts: string[] = []
  isEnded = false

  postMessage({ text }: { readonly text: string }): void {
    this.texts.push(text)
  }

  terminate(): void {
    this.isEnded = true
  }
}

let workers: FakeWorker[] = []
let verdicts: (string | undefined)[] = []

const create = () =>
  new CheckRunner({
    createWorker: () => {
      const worker = new FakeWorker()
      workers.push(worker)
      return worker
    },
    onChecked: (found) => void verdicts.push(found.verdict),
  })

beforeEach(() => {
  vi.useFakeTimers()
  workers = []
  verdicts = []
})
afterEach(() => vi.useRealTimers())

describe('a check', () => {
  test('begins a moment after the last letter, with the newest text alone', () => {
    const checker = create()
    checker.check('i')
    vi.advanceTimersByTime(PAUSE_MS - 1)
    checker.check('id')
    vi.advanceTimersByTime(PAUSE_MS)
    expect(workers.map((worker) => worker.texts)).toEqual([['id']])
    workers[0]?.onmessage?.({ data: checked('sound') })
    expect(verdicts).toEqual(['sound'])
  })

  test('waits for the one before, and uses its worker', () => {
    const checker = create()
    checker.check('a')
    vi.advanceTimersByTime(PAUSE_MS)
    checker.check('b')
    vi.advanceTimersByTime(PAUSE_MS)
    expect(workers[0]?.texts).toEqual(['a'])
    workers[0]?.onmessage?.({ data: checked('sound') })
    expect(workers.map((worker) => worker.texts)).toEqual([['a', 'b']])
  })

  test('that takes long is ended for what is newer', () => {
    const checker = create()
    checker.check('slow')
    vi.advanceTimersByTime(PAUSE_MS)
    vi.advanceTimersByTime(60_000)
    expect(workers[0]?.isEnded).toBe(false)
    checker.check('new')
    vi.advanceTimersByTime(PAUSE_MS + PATIENCE_MS)
    expect(workers[0]?.isEnded).toBe(true)
    expect(workers[1]?.texts).toEqual(['new'])
    workers[1]?.onmessage?.({ data: checked('unsound') })
    expect(verdicts).toEqual(['unsound'])
  })

  test('that breaks its worker does not end checking', () => {
    const checker = create()
    checker.check('bad')
    vi.advanceTimersByTime(PAUSE_MS)
    workers[0]?.onerror?.(new Error('out of memory'))
    checker.check('good')
    vi.advanceTimersByTime(PAUSE_MS)
    expect(workers[1]?.texts).toEqual(['good'])
  })

  test('ends with its editor', () => {
    const checker = create()
    checker.check('a')
    vi.advanceTimersByTime(PAUSE_MS)
    checker.close()
    expect(workers[0]?.isEnded).toBe(true)
    checker.check('b')
    vi.advanceTimersByTime(10_000)
    expect(workers).toHaveLength(1)
  })
})
