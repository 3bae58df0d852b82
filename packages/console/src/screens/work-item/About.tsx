import type { WorkItemSummary } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import type { InboxView } from './inbox-search.ts'

/** The second line of a work item: workflow, from whom, why the reader sees it; of a decided one, what was chosen. */
export const About = ({ row, view }: { readonly row: WorkItemSummary; readonly view: InboxView }) => {
  const { t } = useTranslation()
  const me = useMe()
  if (view === 'done')
    return (
      <>
        <UserText>{row.workflowTitle}</UserText>
        {row.route === undefined ? null : <> · {t('inbox.decidedAs', { route: row.route })}</>}
        {row.decidedAtMs === undefined ? null : (
          <>
            {' · '}
            <Time ms={row.decidedAtMs} />
          </>
        )}
      </>
    )
  return (
    <>
      <UserText>{row.workflowTitle}</UserText>
      {' · '}
      {row.initiator === me.user ? (
        t('inbox.fromYou')
      ) : (
        <Sentence text={t('inbox.from', places('name'))} parts={{ name: <PersonName principal={row.initiator} /> }} />
      )}
      {' · '}
      <Because row={row} />
    </>
  )
}

/** Why the reader sees it: said in their words, so that nobody asks whose it is. */
const Because = ({ row }: { readonly row: WorkItemSummary }) => {
  const { t } = useTranslation()
  const me = useMe()
  if (row.status === 'suspended') return t('inbox.because.suspended')
  if (row.assignee !== undefined && row.assignee !== me.user)
    return <Sentence text={t('inbox.because.other', places('name'))} parts={{ name: <PersonName principal={row.assignee} /> }} />
  if (row.because.startsWith('group:')) return <PersonName principal={row.because} />
  switch (row.because) {
    case 'assignee':
      return row.claimedAtMs === undefined ? t('inbox.because.assignee') : t('inbox.because.claimed')
    case 'operator':
      return <CandidatesOf row={row} />
    case 'initiator':
      return <CandidatesOf row={row} />
    default:
      return t('inbox.because.candidate')
  }
}

const CandidatesOf = ({ row }: { readonly row: WorkItemSummary }) => {
  const { t } = useTranslation()
  const [first, ...rest] = row.candidates
  if (first === undefined) return t('inbox.because.nobody')
  return (
    <>
      <Sentence text={t('inbox.because.waitsFor', places('name'))} parts={{ name: <PersonName principal={first} /> }} />
      {rest.length > 0 ? ` +${rest.length}` : null}
    </>
  )
}
