import { MillraceError } from '@millrace/client'
import type { WorkItem } from '@millrace/protocol'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useData } from '../../data/use-data.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { decidedByMe, notMineAfterAll } from './decided.ts'
import { answerFor, formFor, type ItemInput } from './item-draft.ts'

export interface FieldProblem {
  /** JSON pointer into the answer. */
  readonly pointer: string
  readonly message: string
}

/** Sends what a person decides about a work item, once, however often it has to be repeated. */
export const useDecision = (item: WorkItem, options: { readonly onDone: () => void; readonly forget: () => Promise<void> }) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [fields, setFields] = useState<readonly FieldProblem[]>([])
  /** A repeat of the same decision after a lost answer carries the same key: it acts once. */
  const key = useRef<{ readonly of: string; readonly key: string }>(undefined)

  const run = async (
    what: string,
    send: (idempotencyKey: string) => Promise<unknown>,
    after: { readonly leaves: boolean; readonly isDecision: boolean },
  ) => {
    if (isBusy) return
    const of = `${item.id} ${item.version} ${what}`
    if (key.current?.of !== of) key.current = { of, key: newKey() }
    setBusy(true)
    setProblem(undefined)
    setFields([])
    if (after.leaves) decidedByMe(item.id, after.isDecision)
    try {
      await send(key.current.key)
      key.current = undefined
      wrote('work-item', item.id, ['status', 'assignee', 'comments'])
      if (after.leaves) {
        await options.forget()
        options.onDone()
      }
      return true
    } catch (error) {
      if (after.leaves) notMineAfterAll(item.id)
      setProblem(errorText(error))
      if (error instanceof MillraceError) {
        // Refused for good: the next try is another decision.
        if (error.code !== 'UNREACHABLE') key.current = undefined
        setFields(problemsOf(error))
        if (error.status === 409 || error.status === 403) wrote('work-item', item.id, ['status'])
      }
      return false
    } finally {
      setBusy(false)
    }
  }

  return {
    isBusy,
    problem,
    fields,
    clearProblem: () => setProblem(undefined),
    decide: async (route: string, input: ItemInput) => {
      const chosen = item.routes.find(({ name }) => name === route)
      const answer = answerFor(input.answer, formFor(item, route))
      const comment = input.comment.trim()
      const body = {
        // A step with one way on has no route to name.
        ...(chosen === undefined ? {} : { route }),
        version: item.version,
        ...(comment === '' ? {} : { comment }),
        ...(answer === undefined ? {} : { answer: JSON.parse(JSON.stringify(answer)) as Record<string, never> }),
      }
      const isDone = await run(JSON.stringify(body), (idempotencyKey) => client.workItems.complete(item.id, body, { idempotencyKey }), {
        leaves: true,
        isDecision: true,
      })
      if (isDone === true) toast(t('item.toast.decided', { route: chosen?.label ?? t('item.done'), title: item.title }))
    },
    claim: () => run('claim', (idempotencyKey) => client.workItems.claim(item.id, { version: item.version }, { idempotencyKey }), STAYS),
    unclaim: () =>
      run('unclaim', (idempotencyKey) => client.workItems.unclaim(item.id, { version: item.version }, { idempotencyKey }), STAYS),
    comment: (text: string) =>
      run(`comment ${text}`, (idempotencyKey) => client.workItems.comment(item.id, { text }, { idempotencyKey }), STAYS),
    delegate: async (to: string, comment: string) => {
      const body = { to, version: item.version, ...(comment === '' ? {} : { comment }) }
      const isDone = await run(JSON.stringify(body), (idempotencyKey) => client.workItems.delegate(item.id, body, { idempotencyKey }), {
        leaves: true,
        isDecision: false,
      })
      if (isDone === true) toast(t('item.toast.delegated', { title: item.title }))
      return isDone
    },
    stepBack: async (to: string | undefined, comment: string) => {
      const body = { version: item.version, ...(to === undefined ? {} : { to }), ...(comment === '' ? {} : { comment }) }
      const isDone = await run(JSON.stringify(body), (idempotencyKey) => client.workItems.stepBack(item.id, body, { idempotencyKey }), {
        leaves: true,
        isDecision: true,
      })
      if (isDone === true) toast(t('item.toast.steppedBack', { title: item.title }))
      return isDone
    },
  }
}

export type Decision = ReturnType<typeof useDecision>

const STAYS = { leaves: false, isDecision: false } as const

const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** ANSWER_INVALID lists each field. */
const problemsOf = (error: MillraceError): readonly FieldProblem[] => {
  const { problems } = error.details
  if (!Array.isArray(problems)) return []
  return problems.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return []
    const { pointer, message } = each as { readonly pointer?: unknown; readonly message?: unknown }
    if (typeof message !== 'string') return []
    return [{ pointer: typeof pointer === 'string' ? pointer.replace(/^\/answer/, '') : '', message }]
  })
}
