import { places, Sentence } from '../../i18n/sentence.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Time } from '../../parts/time/Time.tsx'
import headClasses from './ModelHead.module.css'
import { usePresence } from './use-presence.ts'
import { useModelWords } from './words.ts'

/** "Ana has it open since 14:02": before two people change one thing they can talk. */
export const Presence = ({ model, edits }: { readonly model: string; readonly edits: boolean }) => {
  const t = useModelWords()
  const [first, ...others] = usePresence(model, edits)
  if (first === undefined) return null
  const parts = { user: <PersonName principal={first.user} />, time: <Time ms={first.sinceMs} /> }
  return (
    <span className={headClasses.presence} role="status" title={others.map(({ user }) => user).join(', ')}>
      <Sentence
        text={
          others.length === 0
            ? t('presence', places('user', 'time'))
            : t('presenceMore', { ...places('user', 'time'), count: others.length })
        }
        parts={parts}
      />
    </span>
  )
}
