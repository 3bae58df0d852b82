import type { ReactElement } from 'react'
import type { GraphNode } from './graph.ts'

/** The kind of a node in a box of 16, of the same pen as the icons. What splits and joins is drawn as what it does to the lines. */
const GLYPHS: { readonly [T in GraphNode['type']]: ReactElement } = {
  start: <circle cx="8" cy="8" r="4.5" />,
  end: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  participant: <path d="M8 8a2.8 2.8 0 100-5.6A2.8 2.8 0 008 8zM2.8 13.8c.4-2.9 2.3-4.4 5.2-4.4s4.8 1.5 5.2 4.4" />,
  process: <path d="M9 1.8L3.5 9H8l-1 5.2L12.5 7H8z" />,
  container: <path d="M2.5 2.5h11v11h-11zM5.5 5.5h5v5h-5z" />,
  wait: <path d="M8 14A6 6 0 108 2a6 6 0 000 12zM8 4.8V8l2.4 1.6" />,
  'or-split': <path d="M8 1.5v4M8 5.5L3 11v3.5M8 5.5l5 5.5v3.5" />,
  'or-join': <path d="M3 1.5V5l5 5.5M13 1.5V5l-5 5.5M8 10.5v4" />,
  'and-split': <path d="M8 1.5v4M2.5 5.5h11v9M2.5 5.5v9M8 5.5v9" />,
  'and-join': <path d="M2.5 1.5v9M8 1.5v13M13.5 1.5v9M2.5 10.5h11" />,
  goto: <path d="M13 13.5V7a3.5 3.5 0 00-3.5-3.5H3M6.2.8L3 3.5l3.2 2.7" />,
  block: <path d="M4.5 4.5h9v9h-9zM2.5 11.5v-9h9" />,
}

export const TypeGlyph = ({ type }: { readonly type: GraphNode['type'] }) => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.3"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {GLYPHS[type]}
  </svg>
)
