import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { completeText } from '../language.ts'
import type { HostWords, Suggestion } from './suggestions.ts'

export interface CompletionOptions {
  /** Asked anew each time: what a host has changes while one types. */
  readonly words: () => HostWords
  /** Beside keys that must be there. */
  readonly requiredWord: string
}

/** Completion of a model's text for CodeMirror: unasked while a word is being typed and right after a key, else when asked. */
export const completionOf =
  ({ words, requiredWord }: CompletionOptions) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const isAfterKey = context.matchBefore(/[:[{,] $/) !== null
    if (!context.explicit && !isAfterKey && context.matchBefore(/[\w.:-]$/) === null) return null
    const { from, isBegun, suggestions } = await completeText(context.state.doc.toString(), context.pos, words())
    if (context.aborted || suggestions.length === 0 || !(context.explicit || isBegun || isAfterKey)) return null
    return { from, options: suggestions.map((one, i) => toCompletion(one, requiredWord, i)), validFor: /^[\w.:-]*$/ }
  }

function toCompletion({ label, insert, kind, detail, info, isRequired }: Suggestion, requiredWord: string, index: number): Completion {
  const beside = detail ?? (isRequired ? requiredWord : undefined)
  return {
    label,
    apply: insert,
    type: kind === 'key' ? 'property' : 'enum',
    // In the order of the schema, what must be there first.
    boost: (isRequired ? 50 : 0) - Math.min(40, index),
    ...(beside === undefined ? {} : { detail: beside }),
    ...(info === undefined ? {} : { info }),
  }
}
