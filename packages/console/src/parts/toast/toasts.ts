import { createCell } from '../../data/cell.ts'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'info' | 'error'
}

export const toasts = createCell<readonly Toast[]>([])

/** An error stays longer: it is read twice. */
const SHOWN_MS = { info: 5_000, error: 12_000 } as const

let last = 0

/** Says what happened, at the edge of the page, without taking the focus. */
export const toast = (text: string, tone: Toast['tone'] = 'info'): void => {
  const id = ++last
  // Three at most: what is further back nobody reads.
  toasts.set([...toasts.get().slice(-2), { id, text, tone }])
  setTimeout(() => dismissToast(id), SHOWN_MS[tone])
}

export const dismissToast = (id: number): void => toasts.set(toasts.get().filter((each) => each.id !== id))
