export interface UserTextProps {
  readonly children: string
  readonly className?: string | undefined
  /** Letters shown at most, as one reads them; the rest stands in the tooltip. Within sentences and names, where nothing can be unfolded. */
  readonly most?: number
}

/**
 * Text that people or code wrote, in any script: isolated, so that a right-to-left title cannot turn the words around it, and shown as text, never as
 * markup.
 */
export const UserText = ({ children, className, most }: UserTextProps) => {
  const shown = most === undefined ? children : cutText(children, most)
  return (
    <bdi className={className} title={shown === children ? undefined : cutText(children, MOST_IN_TOOLTIP)}>
      {shown}
    </bdi>
  )
}

/** Browsers show a tooltip of any length as one: this much can still be read. */
const MOST_IN_TOOLTIP = 1_000

/** The beginning of a text, cut between letters as people see them: never within an emoji or a letter with its marks. */
export const cutText = (text: string, most: number): string => {
  if (text.length <= most) return text
  // A letter may be of many characters, so the limit is looked for in a piece that certainly holds it.
  let end = 0
  let count = 0
  for (const { index, segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.slice(0, most * 8 + 64))) {
    if (count === most) return `${text.slice(0, end).trimEnd()}…`
    count++
    end = index + segment.length
  }
  return end === text.length ? text : `${text.slice(0, end).trimEnd()}…`
}
