import classes from './Skeleton.module.css'

export interface SkeletonProps {
  /** CSS widths, one line each: the shape of what will come. */
  readonly lines: readonly string[]
  readonly height?: number
}

/** What is being loaded, as still bars in its place: nothing spins, nothing jumps when it comes. */
export const Skeleton = ({ lines, height = 12 }: SkeletonProps) => (
  <div className={classes.root} aria-hidden="true">
    {lines.map((width, at) => (
      <span key={at} className={classes.line} style={{ width, height }} />
    ))}
  </div>
)

/** Rows of a list that is on its way. */
export const SkeletonRows = ({ rows, height }: { readonly rows: number; readonly height: number }) => (
  <div aria-hidden="true">
    {Array.from({ length: rows }, (_, at) => (
      <div key={at} className={classes.row} style={{ height }}>
        <span className={classes.line} style={{ width: `${38 + ((at * 17) % 34)}%`, height: 11 }} />
        {height > 40 ? <span className={classes.line} style={{ width: `${24 + ((at * 11) % 22)}%`, height: 9 }} /> : null}
      </div>
    ))}
  </div>
)
