import type { Impact } from '@millrace/protocol'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './SyncDialog.module.css'
import { useModelWords } from './words.ts'

/** What a Sync would do: what changes, who stays where, and who or what would be missing afterwards. */
export const ImpactView = ({ impact }: { readonly impact: Impact }) => {
  const t = useModelWords()
  const { live, changes, staying, people, tasks } = impact
  return (
    <>
      <h3 className={classes.heading}>{t('changes')}</h3>
      {live === undefined ? (
        <p>{t('first')}</p>
      ) : changes.length === 0 ? (
        <p>{t('noChanges', { version: live })}</p>
      ) : (
        <ul className={classes.changes}>
          {changes.map((change) => (
            <li key={JSON.stringify(change)}>
              <UserText>{sentenceOf(change)}</UserText>
            </li>
          ))}
        </ul>
      )}
      {people.length + tasks.length === 0 ? null : (
        <>
          <h3 className={classes.heading}>{t('missing')}</h3>
          <ul className={classes.changes}>
            {people.map(({ principal, trouble, nodes }) => (
              <li key={principal}>
                <PersonName principal={principal} asYou={false} /> {t(`missing.${trouble}`)} {namesOf(nodes)}
              </li>
            ))}
            {tasks.map(({ task, nodes }) => (
              <li key={task}>
                <code>{task}</code> {t('missing.task')} {namesOf(nodes)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className={classes.heading}>{t('instances')}</h3>
      {staying.length === 0 ? (
        <p>{t('noneStay')}</p>
      ) : (
        <ul className={classes.changes}>
          {staying.map(({ version, open }) => (
            <li key={version}>{t('stay', { count: open, version })}</li>
          ))}
        </ul>
      )}
    </>
  )
}

const namesOf = (nodes: Impact['people'][number]['nodes']): string => `(${nodes.map(({ title }) => title).join(', ')})`

const sentenceOf = (change: unknown): string =>
  typeof change === 'object' && change !== null && 'sentence' in change ? String(change.sentence) : JSON.stringify(change)
