import { type ReactNode, useMemo } from 'react'
import { UserText } from '../../../parts/user-text/UserText.tsx'
import { useModelWords } from '../words.ts'
import classes from './MergeDialog.module.css'
import { changesBetween } from './merge-drafts.ts'

/** What one person changed, in sentences. */
export const ChangeList = ({ title, before, after }: { readonly title: ReactNode; readonly before: string; readonly after: string }) => {
  const t = useModelWords()
  const changes = useMemo(() => changesBetween(before, after), [before, after])
  return (
    <section>
      <h3 className={classes.heading}>{title}</h3>
      {changes.length === 0 ? (
        <p className={classes.none}>{t('mergeOnlyText')}</p>
      ) : (
        <ul className={classes.list}>
          {changes.map((sentence) => (
            <li key={sentence}>
              <UserText>{sentence}</UserText>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
