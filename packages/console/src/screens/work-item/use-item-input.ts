import type { WorkItem } from '@millrace/protocol'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useDraft } from '../../app/drafts/use-draft.ts'
import { useData } from '../../data/use-data.ts'
import type { LeftOver } from '../../parts/form/schema/carry-over.ts'
import type { JsonObject } from '../../parts/form/schema/json.ts'
import { EMPTY_INPUT, type ItemInput, schemaOf, serverDraftsOf } from './item-draft.ts'

/** What the person types into a work item, kept as a draft from the first letter. */
export const useItemInput = (item: WorkItem) => {
  const { client } = useData()
  const schema = useMemo(() => schemaOf(item), [item])
  const draft = useDraft<ItemInput>({
    noun: 'work-item',
    id: item.id,
    schema,
    server: useMemo(() => serverDraftsOf(client, item), [client, item]),
    onOtherTab: (typed) => setInput(typed ?? { ...EMPTY_INPUT, answer: givenBy(item) }),
  })
  const [input, setInput] = useState<ItemInput>(() => ({ ...EMPTY_INPUT, answer: givenBy(item) }))
  const [left, setLeft] = useState<readonly LeftOver[]>([])
  const isTouched = useRef(false)

  // A draft found after the first letter was typed is the older one.
  useEffect(() => {
    const { found } = draft
    if (found === undefined || found === null || isTouched.current) return
    const take = async () => {
      const { comment, answer } = found.value
      const fitted = found.schema === schema ? { value: answer, left: [] } : await fitTo(item, answer)
      if (isTouched.current) return
      setInput({ comment, answer: { ...givenBy(item), ...fitted.value } })
      setLeft(fitted.left)
    }
    void take()
    // Once per draft that is read, not with every new version of the item.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [draft.found])

  const latest = useRef(input)
  latest.current = input
  const { keep, clear } = draft
  const change = useCallback(
    (part: Partial<ItemInput>) => {
      isTouched.current = true
      const after = { ...latest.current, ...part }
      latest.current = after
      setInput(after)
      keep(after)
    },
    [keep],
  )
  const forget = useCallback(async () => {
    isTouched.current = true
    setInput({ ...EMPTY_INPUT, answer: givenBy(item) })
    setLeft([])
    await clear()
  }, [clear, item])
  return { input, change, forget, left, saved: draft.saved }
}

/** Values the workflow gave the form. */
const givenBy = ({ initial }: WorkItem): JsonObject =>
  typeof initial === 'object' && initial !== null && !Array.isArray(initial) ? (initial as JsonObject) : {}

/** The form changed since it was typed: rare, so the way to move an answer comes only then. */
const fitTo = async (
  { form }: WorkItem,
  answer: JsonObject,
): Promise<{ readonly value: JsonObject; readonly left: readonly LeftOver[] }> => {
  const { carryOver } = await import('../../parts/form/schema/carry-over.ts')
  return carryOver(answer, form ?? {})
}
