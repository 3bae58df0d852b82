import type { WorkItem } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { Button } from '../../parts/button/Button.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import type { Decision } from './use-decision.ts'

/** How the item stands where it is not simply the reader's to decide. */
export const ItemNotice = ({ item, decision }: { readonly item: WorkItem; readonly decision: Decision }) => {
  const { t } = useTranslation()
  const me = useMe()
  const excluded = item.excluded.find(({ user }) => user === me.user)
  const since = item.claimedAtMs === undefined ? null : <Time ms={item.claimedAtMs} />
  if (item.status === 'done')
    return (
      <Notice>
        <Sentence
          text={
            item.route === undefined
              ? t('item.notice.done', places('name', 'time'))
              : t('item.notice.doneAs', places('name', 'time', 'route'))
          }
          parts={{
            name: item.decidedBy === undefined ? null : <PersonName principal={item.decidedBy} />,
            time: item.decidedAtMs === undefined ? null : <Time ms={item.decidedAtMs} />,
            route: <strong>{item.routes.find(({ name }) => name === item.route)?.label ?? item.route}</strong>,
          }}
        />
      </Notice>
    )
  if (item.status === 'withdrawn') return <Notice>{t('item.notice.withdrawn')}</Notice>
  if (item.status === 'suspended') return <Notice tone="warning">{t('item.notice.suspended')}</Notice>
  if (excluded !== undefined)
    return (
      <Notice tone="warning">
        <Sentence text={t('item.notice.excluded', places('reason'))} parts={{ reason: <UserText>{excluded.reason}</UserText> }} />
      </Notice>
    )
  if (item.assignee !== undefined && item.assignee !== me.user)
    return (
      <Notice tone="warning">
        <Sentence
          text={since === null ? t('item.notice.assigned', places('name')) : t('item.notice.claimed', places('name', 'time'))}
          parts={{ name: <PersonName principal={item.assignee} />, time: since }}
        />
      </Notice>
    )
  if (item.assignee === me.user && item.claimedAtMs !== undefined && item.can.includes('unclaim'))
    return (
      <Notice
        action={
          <Button size="small" isBusy={decision.isBusy} onClick={() => void decision.unclaim()}>
            {t('item.unclaim')} <KeyHint keys="u" />
          </Button>
        }
      >
        <Sentence text={t('item.notice.claimedByYou', places('time'))} parts={{ time: since }} />
      </Notice>
    )
  return null
}
