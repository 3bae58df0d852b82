import type { Follow } from '@millrace/protocol'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { PeopleNames } from '../../parts/person/PersonName.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'

/** What follows a decision, played by the kernel: "Activate runs, then ends", "then “Review” for group editors", "depends on amount". */
export const Consequence = ({ follows }: { readonly follows: readonly Follow[] | undefined }) => {
  const { t } = useTranslation()
  if (follows === undefined || follows.length === 0) return null
  return follows.map((follow, at) => (
    <Fragment key={at}>
      {at > 0 ? `; ${t('follows.and')} ` : null}
      <OneFollow follow={follow} />
    </Fragment>
  ))
}

const OneFollow = ({ follow }: { readonly follow: Follow }) => {
  const { t } = useTranslation()
  const { kind, who, via, on = [], options = [], title = '', code = '' } = follow
  const parts = {
    via: <Titles nodes={via} />,
    title: <UserText>{title}</UserText>,
    who: <PeopleNames principals={who} />,
    on: <UserText className="mr-mono">{on.join(', ')}</UserText>,
    options: <Titles nodes={options} />,
    code: <code>{code}</code>,
  }
  return (
    <>
      {via.length === 0 ? null : <Sentence text={t('follows.via', { ...places('via'), count: via.length })} parts={parts} />}
      <Sentence text={t(`follows.${keyOf(kind, who, on)}`, places('title', 'who', 'on', 'options', 'code'))} parts={parts} />
    </>
  )
}

/** Some kinds have a second sentence, for where the data lacks something. */
const keyOf = (kind: Follow['kind'], who: readonly string[], on: readonly string[]) => {
  if (kind === 'item' && who.length === 0) return 'itemOpen'
  if (kind === 'depends' && on.length === 0) return 'dependsOpen'
  return kind
}

const Titles = ({ nodes }: { readonly nodes: readonly { readonly node: string; readonly title: string }[] }) =>
  nodes.map(({ node, title }, at) => (
    <Fragment key={node}>
      {at > 0 ? ', ' : null}
      <UserText>{title}</UserText>
    </Fragment>
  ))
