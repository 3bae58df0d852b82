import type { OperateLine } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSpanText } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { LineLink } from './LineLink.tsx'
import { lengthIn, textIn } from './line-text.ts'
import classes from './OperateLines.module.css'

/** What did not fit in the lines: no kind of trouble is further away than one look and one click. */
export const OperateRest = ({ rest }: { readonly rest: readonly OperateLine[] }) => {
  const { t } = useTranslation()
  return (
    <p className={classes.rest}>
      <span className={classes.also}>{t('operate.also')}</span>
      {rest.map((line) => (
        <LineLink key={`${line.code} ${textIn(line, 'group')}`} line={line}>
          <Brief line={line} />
        </LineLink>
      ))}
      {rest.some(({ code }) => code === 'INCIDENTS') ? <Link to="/incidents">{t('operate.causes')}</Link> : null}
    </p>
  )
}

const Brief = ({ line }: { readonly line: OperateLine }) => {
  const { t } = useTranslation()
  const spanText = useSpanText()
  const { code, count } = line
  // What is about the host is worse than all else: it is never left over.
  if (code === 'READ_ONLY' || code === 'DISK_LOW') return null
  const node = textIn(line, 'nodeTitle') || textIn(line, 'node')
  const workflow = textIn(line, 'workflowTitle') || textIn(line, 'workflow')
  const length = lengthIn(line)
  const key = code === 'INCIDENTS' && node === '' ? 'INCIDENTS_WHOLE' : code
  const text = t(`operate.brief.${key}`, {
    count,
    workflow,
    node,
    code: textIn(line, 'code'),
    span: length === undefined ? '' : spanText(length),
  })
  return <UserText>{text}</UserText>
}
