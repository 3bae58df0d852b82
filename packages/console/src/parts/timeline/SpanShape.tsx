import type { TimelineRow } from '@millrace/protocol'
import classes from './SpanShape.module.css'

export type Cause = TimelineRow['spans'][number]['cause']

export interface SpanShapeProps {
  readonly cause: Cause
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Shorter spans are drawn so wide: what happened must be seen. */
const LEAST_WIDTH = 2

/**
 * A stretch of time by its cause, told apart without colour: what runs is solid, the queue dotted, a retry ringed, people hatched. As
 * SVG and not as a background, which browsers leave out when they print.
 */
export const SpanShape = ({ cause, x, y, width, height }: SpanShapeProps) => {
  const wide = Math.max(LEAST_WIDTH, width)
  const box = { x, y, width: wide, height, rx: wide > 4 ? 2 : 0 }
  switch (cause) {
    case 'compute':
      return <rect {...box} className={classes.compute} />
    case 'queue':
      return (
        <g className={classes.queue}>
          <rect {...box} className={classes.ground} />
          <line
            x1={x + 1.5}
            y1={y + height / 2}
            x2={x + wide}
            y2={y + height / 2}
            strokeWidth={Math.min(4, height / 2)}
            strokeDasharray="0 7"
            strokeLinecap="round"
          />
        </g>
      )
    case 'retry':
      return (
        <g className={classes.timer}>
          <line x1={x} y1={y + height / 2} x2={x + wide} y2={y + height / 2} strokeWidth="1.5" />
          <circle
            cx={x + wide - Math.min(wide / 2, height / 2)}
            cy={y + height / 2}
            r={Math.min(height / 2 - 1, Math.max(1.5, wide / 2))}
            className={classes.ring}
          />
        </g>
      )
    case 'timer':
      return (
        <g className={classes.timer}>
          <line x1={x} y1={y + height / 2} x2={x + wide} y2={y + height / 2} strokeWidth="1.5" />
          <line x1={x + 0.75} y1={y + 2} x2={x + 0.75} y2={y + height - 2} strokeWidth="1.5" />
          <line x1={x + wide - 0.75} y1={y + 2} x2={x + wide - 0.75} y2={y + height - 2} strokeWidth="1.5" />
        </g>
      )
    case 'person':
      return (
        <g className={classes.person}>
          <rect {...box} className={classes.tint} />
          <path d={hatching(box)} strokeWidth="1.5" />
          <rect {...box} className={classes.frame} />
        </g>
      )
    case 'message':
    case 'callback':
      return (
        <g className={classes.running}>
          <line x1={x} y1={y + height / 2} x2={x + wide} y2={y + height / 2} strokeWidth="1.5" strokeDasharray="5 3" />
        </g>
      )
    case 'child':
      return (
        <g className={classes.running}>
          <rect {...box} className={classes.tint} />
          <rect {...box} className={classes.frame} />
        </g>
      )
    case 'incident':
      return (
        <g className={classes.incident}>
          <line x1={x} y1={y + height / 2} x2={x + wide} y2={y + height / 2} strokeWidth="3" />
          <path d={`M${x} ${y + height / 2}l5 -5l5 5l-5 5z`} className={classes.solid} />
        </g>
      )
    case 'suspended':
      return (
        <g className={classes.suspended}>
          <rect {...box} className={classes.ground} />
          <line x1={x} y1={y + 2} x2={x + wide} y2={y + 2} strokeWidth="1.5" />
          <line x1={x} y1={y + height - 2} x2={x + wide} y2={y + height - 2} strokeWidth="1.5" />
        </g>
      )
  }
}

/** Pixels between two lines of a hatching. */
const HATCH = 6
/** More lines than these are not drawn: they lie beyond the window. */
const MOST_LINES = 700

/** Slanted lines within a box. Lines and no pattern: a pattern needs an id on the page, and draws slower. */
function hatching({
  x,
  y,
  width,
  height,
}: {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}): string {
  const lines: string[] = []
  for (let from = -height + HATCH; from < width && lines.length < MOST_LINES; from += HATCH) {
    const left = Math.max(0, from)
    const right = Math.min(width, from + height)
    lines.push(`M${x + left} ${y + height - (left - from)}L${x + right} ${y + height - (right - from)}`)
  }
  return lines.join('')
}
