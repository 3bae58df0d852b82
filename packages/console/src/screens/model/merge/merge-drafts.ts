/** Loaded when somebody else saved the same draft: most editing never needs it. */
import { diffModels, mergeTexts, parseModel } from '@millrace/model'

export { mergeTexts }

/** What changed from one text to another, in sentences; nothing where one of them cannot be read. */
export const changesBetween = (before: string, after: string): readonly string[] => {
  const [a, b] = [parseModel(before).model, parseModel(after).model]
  return a === undefined || b === undefined ? [] : diffModels(a, b).map(({ sentence }) => sentence)
}
