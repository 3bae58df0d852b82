import type { CheckAnswer, Checked, CheckRequest, Completion, Imported } from './check.ts'

type Ask = CheckRequest extends infer Request ? (Request extends CheckRequest ? Omit<Request, 'seq'> : never) : never

/** The worker that reads models, made when first needed; one per tab. */
let worker: Worker | undefined
let seq = 0
const waiting = new Map<number, (answer: CheckAnswer) => void>()

const ask = (request: Ask): Promise<CheckAnswer> => {
  worker ??= open()
  const own = ++seq
  return new Promise((resolve) => {
    waiting.set(own, resolve)
    worker?.postMessage({ ...request, seq: own })
  })
}

const open = (): Worker => {
  const made = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' })
  made.onmessage = ({ data }: MessageEvent<CheckAnswer>) => {
    waiting.get(data.seq)?.(data)
    waiting.delete(data.seq)
  }
  return made
}

export const checkText = async (text: string): Promise<Checked> => {
  const answer = await ask({ kind: 'check', text })
  return answer.kind === 'check' ? answer.checked : { problems: [], lines: {} }
}

export const completeText = async (
  text: string,
  offset: number,
  tasks: readonly string[],
): Promise<{ readonly from: number; readonly completions: readonly Completion[] }> => {
  const answer = await ask({ kind: 'complete', text, offset, tasks })
  return answer.kind === 'complete' ? answer : { from: offset, completions: [] }
}

export const importText = async (text: string, file: string): Promise<Imported> => {
  const answer = await ask({ kind: 'import', text, file })
  return answer.kind === 'import' ? answer.imported : { problems: [], report: '' }
}
