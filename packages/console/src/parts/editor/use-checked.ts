import { useEffect, useState } from 'react'
import type { Checked } from './check.ts'
import { checkText } from './checker.ts'

/** A pause in typing after which the text is read again. */
const PAUSE_MS = 250

/** What is wrong with a text, a moment after it was typed; undefined until it was read once. */
export const useChecked = (text: string | undefined): Checked | undefined => {
  const [checked, setChecked] = useState<Checked>()
  useEffect(() => {
    if (text === undefined) return undefined
    let isOld = false
    const timer = setTimeout(() => {
      void checkText(text).then((answer) => {
        if (!isOld) setChecked(answer)
      })
    }, PAUSE_MS)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [text])
  return checked
}
