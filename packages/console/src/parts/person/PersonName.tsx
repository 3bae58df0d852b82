import { useTranslation } from 'react-i18next'
import { usePeopleTitles } from '../../data/queries/people.ts'
import { useMe } from '../../data/use-data.ts'
import { UserText } from '../user-text/UserText.tsx'

/** A name stands within sentences and rows. */
const MOST_LETTERS = 60

/** A person or a group by its principal (`user:ana`, `group:finance`); a bare name is a user. The reader is "you". */
export const PersonName = ({ principal, asYou = true }: { readonly principal: string; readonly asYou?: boolean }) => {
  const { t } = useTranslation()
  const titles = usePeopleTitles()
  const me = useMe()
  const at = principal.indexOf(':')
  const isGroup = at > 0 && principal.startsWith('group:')
  const name = at > 0 ? principal.slice(at + 1) : principal
  if (!isGroup && asYou && name === me.user) return <>{t('person.you')}</>
  if (!isGroup && name === 'system') return <>{t('person.system')}</>
  const title = titles.get(isGroup ? principal : `user:${name}`) ?? name
  return (
    <span title={title === name ? undefined : name}>
      {isGroup ? `${t('person.group')} ` : null}
      <UserText most={MOST_LETTERS}>{title}</UserText>
    </span>
  )
}

/** Several of them: "Ana, Bo and group finance". */
export const PeopleNames = ({ principals }: { readonly principals: readonly string[] }) => {
  const { i18n } = useTranslation()
  const pieces = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).formatToParts(principals)
  return (
    <>
      {pieces.map((piece, at) =>
        piece.type === 'element' ? <PersonName key={at} principal={piece.value} /> : <span key={at}>{piece.value}</span>,
      )}
    </>
  )
}

/** Groups by their titles, where it is clear that they are groups: "Editors, Finance". */
export const GroupNames = ({ names }: { readonly names: readonly string[] }) => {
  const titles = usePeopleTitles()
  return names.map((name, at) => (
    <span key={name} title={name}>
      {at > 0 ? ', ' : null}
      <UserText most={MOST_LETTERS}>{titles.get(`group:${name}`) ?? name}</UserText>
    </span>
  ))
}
