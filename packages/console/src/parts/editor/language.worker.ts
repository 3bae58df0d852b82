/** Completes and imports models off the page's thread: the language and its schema stay out of the page. */
import { importAem, modelSchema, printAemReport, printModel } from '@millrace/model'
import { placeAt } from './complete/place.ts'
import { suggestionsAt } from './complete/suggestions.ts'
import type { Completions, Imported, LanguageAnswer, LanguageRequest } from './language-message.ts'

const complete = ({ text, offset, words }: Extract<LanguageRequest, { kind: 'complete' }>): Completions => {
  const place = placeAt(text, offset)
  if (place === undefined) return { from: offset, isBegun: false, suggestions: [] }
  return { from: place.from, isBegun: place.prefix !== '', suggestions: suggestionsAt(place, { schema: modelSchema, text, words }) }
}

const importFile = (text: string, file: string): Imported => {
  const { model, problems, report } = importAem(text, { file })
  if (model === undefined) return { problems, report: '' }
  return { problems, id: model.id, text: printModel(model), report: report === undefined ? '' : printAemReport(report) }
}

const answerOf = (request: LanguageRequest): LanguageAnswer => {
  const { seq } = request
  switch (request.kind) {
    case 'complete':
      return { kind: 'complete', seq, completions: complete(request) }
    case 'import':
      return { kind: 'import', seq, imported: importFile(request.text, request.file) }
  }
}

self.onmessage = ({ data }: MessageEvent<LanguageRequest>) => self.postMessage(answerOf(data))
