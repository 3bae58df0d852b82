import type { WorkItem } from '@millrace/protocol'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { fitAnswer } from '../../app/drafts/draft.ts'
import { useDraft } from '../../app/drafts/use-draft.ts'
import { useData } from '../../data/use-data.ts'
import { type Answer, EMPTY_INPUT, type ItemInput, schemaOf, serverDraftsOf } from './item-draft.ts'

/** What the person types into a work item, kept as a draft from the first letter. */
export const useItemInput = (item: WorkItem) => {
  const { client } = useData()
  const schema = useMemo(() => schemaOf(item), [item])
  const draft = useDraft<ItemInput>({
    noun: 'work-item',
    id: item.id,
    schema,
    server: useMemo(() => serverDraftsOf(client, item), [client, item]),
  })
  const [input, setInput] = useState<ItemInput>(() => ({ ...EMPTY_INPUT, answer: initialOf(item) }))
  const [left, setLeft] = useState<readonly { readonly name: string; readonly value: unknown }[]>([])
  const isTouched = useRef(false)

  // A draft found after the first letter was typed is the older one.
  useEffect(() => {
    const { found } = draft
    if (found === undefined || found === null || isTouched.current) return
    const fitted = found.schema === schema ? { kept: found.value.answer, left: [] } : fitAnswer(found.value.answer, item.form)
    setInput({ comment: found.value.comment, answer: { ...initialOf(item), ...fitted.kept } })
    setLeft(fitted.left)
    // Once per draft that is read, not with every new version of the item.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [draft.found])

  const { keep, clear } = draft
  const change = useCallback(
    (part: Partial<ItemInput>) => {
      isTouched.current = true
      setInput((before) => {
        const after = { ...before, ...part }
        keep(after)
        return after
      })
    },
    [keep],
  )
  const forget = useCallback(async () => {
    isTouched.current = true
    setInput({ ...EMPTY_INPUT, answer: initialOf(item) })
    setLeft([])
    await clear()
  }, [clear, item])
  return { input, change, forget, left, saved: draft.saved, isReady: draft.found !== undefined }
}

const initialOf = (item: WorkItem): Answer =>
  typeof item.initial === 'object' && item.initial !== null && !Array.isArray(item.initial) ? (item.initial as Answer) : {}
