import type { ReactElement } from 'react'
import type { Mark } from './mark.ts'

/**
 * The shapes in a box of 12, drawn with `currentColor` and, where something is cut out, `--mr-cut` (the ground they stand on). Each differs in
 * outline, so that they read in grey, in print and at 12 px.
 */
export const SHAPES: { readonly [M in Mark]: ReactElement } = {
  person: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.25a4.75 4.75 0 0 0 0 9.5z" fill="currentColor" />
    </>
  ),
  running: <path d="M2.5 1.2v9.6L11 6z" fill="currentColor" />,
  queued: <path d="M1 1.5h10v2H1zM1 5h10v2H1zM1 8.5h10v2H1z" fill="currentColor" />,
  timer: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 3.2V6l2 1.5" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </>
  ),
  incident: (
    <>
      <path d="M6 0l6 6-6 6-6-6z" fill="currentColor" />
      <path d="M5.3 2.9h1.4l-.25 3.5h-.9zM5.25 7.3h1.5v1.5h-1.5z" fill="var(--mr-cut, var(--mr-surface))" />
    </>
  ),
  failed: (
    <>
      <path d="M6 .9L11.1 6 6 11.1.9 6z" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="M5.4 3.3h1.2L6.4 6.5h-.8zM5.35 7.3h1.3v1.3h-1.3z" fill="currentColor" />
    </>
  ),
  completed: (
    <path d="M1.4 6.4l3.1 3.2 6.1-7" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" />
  ),
  suspended: <path d="M2 1.2h2.8v9.6H2zM7.2 1.2H10v9.6H7.2z" fill="currentColor" />,
  aborted: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M2.7 9.3l6.6-6.6" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  stale: (
    <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="5.2 2.03" strokeDashoffset="-1" />
  ),
}

/** Custom property with the colour of a mark. */
export const MARK_COLOURS: { readonly [M in Mark]: string } = {
  person: 'var(--mr-person)',
  running: 'var(--mr-running)',
  queued: 'var(--mr-queued)',
  timer: 'var(--mr-timer)',
  incident: 'var(--mr-incident)',
  failed: 'var(--mr-incident)',
  completed: 'var(--mr-completed)',
  suspended: 'var(--mr-muted)',
  aborted: 'var(--mr-muted)',
  stale: 'var(--mr-stale)',
}
