import classes from './Spark.module.css'

export interface SparkProps {
  /** One bar each, oldest first; null where nothing is known. */
  readonly values: readonly (number | null)[]
  /** What the bars say, for those who do not see them, and on hover. */
  readonly label: string
}

const BAR = 4
const GAP = 1
const HEIGHT = 18

/** Bars as small as a word, in a row of a list: which way it goes, not how much. */
export const Spark = ({ values, label }: SparkProps) => {
  const highest = Math.max(1, ...values.map((value) => value ?? 0))
  const width = values.length * (BAR + GAP) - GAP
  return (
    <svg className={classes.spark} viewBox={`0 0 ${width} ${HEIGHT}`} width={width} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      {values.map((value, at) => {
        // What is there is seen, however little; none is a line of ground, unknown is nothing.
        const height = value === null ? 0 : value === 0 ? 1 : Math.max(2, Math.round((value / highest) * HEIGHT))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day has no other name than its place.
            key={at}
            className={value === 0 ? classes.none : undefined}
            x={at * (BAR + GAP)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        )
      })}
    </svg>
  )
}
