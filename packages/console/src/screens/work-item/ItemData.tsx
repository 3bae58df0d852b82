import type { WorkItem } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { places, Sentence } from '../../i18n/sentence.tsx'
import type { JsonObject } from '../../parts/form/schema/json.ts'
import { PayloadView } from '../../parts/payload/PayloadView.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { ValueTree } from '../../parts/value/ValueTree.tsx'
import classes from './ItemData.module.css'

/** What is decided on: the payload, and the data of the instance a click away; what changed since the reader last decided is said and marked. */
export const ItemData = ({ item }: { readonly item: WorkItem }) => {
  const { t } = useTranslation()
  const names = Object.keys(item.data)
  const { changed } = item
  const isChanged = changed !== undefined && changed.names.length > 0
  return (
    <section className={classes.data} aria-label={t('item.subject')}>
      <PayloadView payload={item.payload} />
      {isChanged ? (
        <p className={classes.changed}>
          <StatusMark mark="timer" word={t('item.changed')} />
          <span>
            <Sentence
              text={t('item.changedSince', { ...places('names', 'time') })}
              parts={{
                names: changed.names.map(({ name }, at) => (
                  <strong key={name}>
                    {at > 0 ? ', ' : null}
                    <UserText>{name}</UserText>
                  </strong>
                )),
                time: <Time ms={changed.sinceMs} />,
              }}
            />
          </span>
        </p>
      ) : null}
      {names.length === 0 ? null : (
        <details className={classes.details} open={isChanged}>
          <summary>{t('item.data', { count: names.length })}</summary>
          <ValueTree value={item.data} label={t('item.dataLabel')} previous={isChanged ? before(item) : undefined} />
        </details>
      )}
    </section>
  )
}

/** The data as it was when the reader last decided: what is known to have changed, put back. */
const before = ({ data, changed }: WorkItem): JsonObject => {
  const values: { [name: string]: unknown } = { ...data }
  for (const { name, from } of changed?.names ?? []) {
    if (from === undefined) delete values[name]
    else values[name] = from
  }
  return values as JsonObject
}
