import { createCell } from '../../data/cell.ts'

/** What lies over the page: one thing at a time, each loaded when first asked for. */
export type Overlay =
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' }
  | { readonly kind: 'start'; readonly workflow?: string | undefined }
  | { readonly kind: 'password' }

export const overlay = createCell<Overlay | undefined>(undefined)

export const closeOverlay = (): void => overlay.set(undefined)
