import type { GraphNode } from '../graph.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Pixels of a node at zoom 1. Even, so that its middle lies on the grid; never by its text, so that a new title moves nothing. */
export function sizeOf(node: Pick<GraphNode, 'type'>): Size {
  switch (node.type) {
    case 'start':
    case 'end':
      return { width: 88, height: 28 }
    case 'or-split':
    case 'or-join':
    case 'and-split':
    case 'and-join':
    case 'goto':
      return { width: 136, height: 28 }
    case 'participant':
    case 'process':
    case 'container':
    case 'wait':
    case 'block':
      return { width: 184, height: 44 }
  }
}

/** Words on an edge are cut to this width. */
export const LABEL_WIDTH = 84

/** Width that an edge's words may take, by their number of characters; at 11 px a character is about 6 px wide. */
export function labelWidth(label: string | undefined): number {
  return label === undefined ? 0 : Math.min(LABEL_WIDTH, 8 + label.length * 6)
}
