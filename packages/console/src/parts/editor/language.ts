import type { HostWords } from './complete/suggestions.ts'
import type { Completions, Imported, LanguageAnswer, LanguageRequest } from './language-message.ts'

type Ask = LanguageRequest extends infer Request ? (Request extends LanguageRequest ? Omit<Request, 'seq'> : never) : never

/** The worker of the language, made when first needed; one per tab. */
let worker: Worker | undefined
let seq = 0
const waiting = new Map<number, (answer: LanguageAnswer | undefined) => void>()

/** Undefined when the worker broke: the next question gets a new one. */
const ask = (request: Ask): Promise<LanguageAnswer | undefined> => {
  worker ??= open()
  const own = ++seq
  return new Promise((resolve) => {
    waiting.set(own, resolve)
    worker?.postMessage({ ...request, seq: own })
  })
}

const open = (): Worker => {
  const made = new Worker(new URL('./language.worker.ts', import.meta.url), { type: 'module' })
  made.onmessage = ({ data }: MessageEvent<LanguageAnswer>) => {
    waiting.get(data.seq)?.(data)
    waiting.delete(data.seq)
  }
  made.onerror = () => {
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
    made.terminate()
    worker = undefined
  }
  return made
}

/** What may be typed at a place of a model's text. */
export const completeText = async (text: string, offset: number, words: HostWords): Promise<Completions> => {
  const answer = await ask({ kind: 'complete', text, offset, words })
  return answer?.kind === 'complete' ? answer.completions : { from: offset, isBegun: false, suggestions: [] }
}

/** An AEM model as our text, with what its author should look at. */
export const importText = async (text: string, file: string): Promise<Imported> => {
  const answer = await ask({ kind: 'import', text, file })
  return answer?.kind === 'import' ? answer.imported : { problems: [], report: '' }
}
