import { places, Sentence } from '../../../i18n/sentence.tsx'
import { Button } from '../../../parts/button/Button.tsx'
import { Notice } from '../../../parts/notice/Notice.tsx'
import { PersonName } from '../../../parts/person/PersonName.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import { UserText } from '../../../parts/user-text/UserText.tsx'
import type { MergedChanges } from '../use-model-text.ts'
import { useModelWords } from '../words.ts'
import classes from './MergeDialog.module.css'

/** Somebody else's changes came into the text by themselves: who, when, what. It stays until it is read. */
export const MergedNotice = ({
  merged: { user, atMs, sentences },
  onSeen,
}: {
  readonly merged: MergedChanges
  readonly onSeen: () => void
}) => {
  const t = useModelWords()
  const parts = { user: <PersonName principal={user} />, time: <Time ms={atMs} /> }
  return (
    <Notice
      action={
        <Button size="small" look="quiet" onClick={onSeen}>
          {t('mergedSeen')}
        </Button>
      }
    >
      <Sentence text={t(sentences.length === 0 ? 'mergedLayout' : 'merged', places('user', 'time'))} parts={parts} />
      {sentences.length === 0 ? null : (
        <ul className={classes.list}>
          {sentences.map((sentence) => (
            <li key={sentence}>
              <UserText>{sentence}</UserText>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  )
}
