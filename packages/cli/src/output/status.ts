import type { Style } from './style.ts'

/** The colour of a status: what ended well, what needs somebody, what only waits. */
export const statusPaint = (style: Style, status: string): ((text: string) => string) => {
  switch (status) {
    case 'COMPLETED':
      return style.green
    case 'FAILED':
    case 'STALE':
      return style.red
    case 'ABORTED':
    case 'CANCELLING':
    case 'SUSPENDED':
      return style.yellow
    default:
      return (text) => text
  }
}
