import type { WorkItem } from '@millrace/protocol'
import { useState } from 'react'
import { useData } from '../../data/use-data.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { decidedByMe, notMineAfterAll } from './decided.ts'

/** As many as the server takes at once (MAX_BULK); more than this nobody has looked at. */
export const MOST_AT_ONCE = 200

/** What one command does to many items. */
export type BulkAction =
  | { readonly action: 'complete'; readonly route?: string }
  | { readonly action: 'claim' }
  | { readonly action: 'delegate'; readonly to: string; readonly comment?: string }

export interface Refused {
  readonly id: string
  readonly title: string
  readonly message: string
}

/** Does one thing to many items in one request: each is done or refused by itself, and says so. */
export const useBulk = (onDone: (ids: readonly string[]) => void) => {
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const [problem, setProblem] = useState<string>()

  const run = async (items: readonly WorkItem[], action: BulkAction): Promise<boolean> => {
    const leaves = action.action !== 'claim'
    setBusy(true)
    setRefused([])
    setProblem(undefined)
    if (leaves) for (const { id } of items) decidedByMe(id, action.action === 'complete')
    try {
      const { results } = await client.bulk.run({
        ...action,
        ids: items.map(({ id }) => id),
        versions: Object.fromEntries(items.map(({ id, version }) => [id, version])),
      })
      const titles = new Map(items.map(({ id, title }) => [id, title]))
      const wrong = results.filter(({ ok }) => !ok)
      if (leaves) for (const { id } of wrong) notMineAfterAll(id)
      for (const { id } of results) wrote('work-item', id, ['status', 'assignee'])
      setRefused(wrong.map(({ id, problem: said }) => ({ id, title: titles.get(id) ?? id, message: said?.detail ?? '' })))
      onDone(results.flatMap(({ id, ok }) => (ok ? [id] : [])))
      return wrong.length === 0
    } catch (error) {
      if (leaves) for (const { id } of items) notMineAfterAll(id)
      setProblem(errorText(error))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { run, isBusy, refused, problem }
}
