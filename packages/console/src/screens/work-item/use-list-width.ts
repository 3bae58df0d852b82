import { useState } from 'react'
import { usePreferences } from '../../app/preferences/use-preferences.ts'

const DEFAULT_WIDTH = 420
export const MIN_WIDTH = 320
export const MAX_WIDTH = 720

/** Width of the list beside the item, as the person last left it. */
export const useListWidth = () => {
  const { preferences, change } = usePreferences()
  const [dragged, setDragged] = useState<number>()
  const width = clamp(dragged ?? preferences.listWidth ?? DEFAULT_WIDTH)
  return {
    width,
    setWidth: (next: number) => setDragged(clamp(next)),
    keepWidth: (last: number) => void change({ listWidth: clamp(last) }).catch(() => {}),
  }
}

const clamp = (width: number): number => Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)))
