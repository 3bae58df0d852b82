import { useCallback, useEffect, useRef, useState } from 'react'
import { useDraft } from './use-draft.ts'

export interface TypedPlace {
  readonly noun: string
  /** The thing, and what is asked about it: `i-42 cancel`. */
  readonly id: string
  /** Of what the text was begun from, where that can change: a text typed over other data is not put over this. */
  readonly schema?: string
}

export interface Typed<V> {
  readonly value: V
  readonly change: (part: Partial<V>) => void
  /** It was accepted: the next time begins empty. */
  readonly forget: () => Promise<void>
  /** Kept before over something that has changed since: shown to be copied, not put in. */
  readonly old: V | undefined
}

/**
 * What is typed into a dialog: on this device with every letter, there again when the dialog is opened again (after a reload, a closed tab, a lost
 * session), and gone once it was accepted. Closing the dialog does not throw it away.
 *
 * @param fit puts what was kept over the beginning; unless given, all of it.
 */
export const useTyped = <V extends object>(
  { noun, id, ...place }: TypedPlace,
  begin: () => V,
  fit: (begin: V, kept: V) => V = (empty, kept) => ({ ...empty, ...kept }),
): Typed<V> => {
  // That of the beginning: what changes beside an open dialog does not change what its text was typed over.
  const [schema] = useState(place.schema ?? '')
  const [value, setValue] = useState(begin)
  const [old, setOld] = useState<V>()
  const isTouched = useRef(false)
  const latest = useRef(value)
  latest.current = value
  const put = (kept: V) => {
    const next = fit(latest.current, kept)
    latest.current = next
    setValue(next)
  }
  const { found, keep, clear } = useDraft<V>({
    noun,
    id,
    schema,
    onOtherTab: (told) => put(told ?? begin()),
  })
  useEffect(() => {
    if (found === undefined || found === null || isTouched.current) return
    if (found.schema !== schema) return setOld(found.value)
    put(found.value)
    // Once, when it was read.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [found])
  const change = useCallback(
    (part: Partial<V>) => {
      isTouched.current = true
      const next = { ...latest.current, ...part }
      latest.current = next
      setValue(next)
      keep(next)
    },
    [keep],
  )
  const forget = useCallback(async () => {
    isTouched.current = true
    await clear()
  }, [clear])
  return { value, change, forget, old }
}
