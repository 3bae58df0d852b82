import { useState } from 'react'
import { AreaField } from '../../field/Field.tsx'
import { Markdown } from '../../markdown/Markdown.tsx'
import { useForm } from '../form-context.ts'
import { emptyOf, type WidgetProps } from '../widget.ts'
import { useWords } from '../words.ts'
import { useLengthHint } from './LongText.tsx'
import { shownText } from './ShortText.tsx'
import classes from './widgets.module.css'

/** A text that is shown formatted to others: written on one side, looked at on the other. */
export const MarkdownText = (props: WidgetProps) => {
  const { pointer, label, isRequired, problem, value, onChange } = props
  const t = useWords()
  const { touch } = useForm()
  const [isPreview, setPreview] = useState(false)
  const text = shownText(value)
  const hint = useLengthHint(props) ?? t('markdown')
  return (
    <div className={classes.markdown}>
      {isPreview ? (
        <div>
          <p className={classes.label}>{label}</p>
          <div className={classes.preview}>
            {text.trim() === '' ? <p className={classes.quiet}>{t('nothing')}</p> : <Markdown text={text} />}
          </div>
        </div>
      ) : (
        <AreaField
          label={label}
          hint={hint}
          problem={problem}
          required={isRequired}
          rows={5}
          dir="auto"
          data-pointer={pointer}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value === '' ? emptyOf(props) : event.currentTarget.value)}
          onBlur={() => touch(pointer)}
        />
      )}
      <button type="button" className={classes.link} aria-pressed={isPreview} onClick={() => setPreview(!isPreview)}>
        {isPreview ? t('write') : t('preview')}
      </button>
    </div>
  )
}
