import type { Group } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupList } from '../../data/queries/administration.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Page } from '../../parts/page/Page.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { GroupDialog } from './GroupDialog.tsx'
import classes from './GroupsPage.module.css'

/** Groups that workflows ask, and who is in them. */
export const GroupsPage = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const search = useSearch({ from: '/frame/groups' })
  const navigate = useNavigate({ from: '/groups' })
  const { data, error, refetch } = useQuery(groupList(client))
  const [isNew, setNew] = useState(false)
  const edited = data?.items.find(({ name }) => name === search.group)
  const edit = (group: string | undefined) => void navigate({ search: group === undefined ? {} : { group }, replace: true })
  return (
    <Page
      title={t('rail.groups')}
      actions={
        <Button look="primary" icon={<Icon name="add" size={14} />} onClick={() => setNew(true)}>
          {t('groups.new')}
        </Button>
      }
    >
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={5} height={36} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t('groups.empty')}>{t('groups.emptyText')}</EmptyState>
      ) : (
        <Table
          label={t('rail.groups')}
          head={
            <>
              <th>{t('groups.title')}</th>
              <th>{t('people.name')}</th>
              <th>{t('groups.members')}</th>
              <th>
                <span className="mr-unseen">{t('action.edit')}</span>
              </th>
            </>
          }
        >
          {data.items.map((group) => (
            <tr key={group.name}>
              <td data-label={t('groups.title')}>
                <strong>
                  <UserText>{group.title}</UserText>
                </strong>
              </td>
              <td data-label={t('people.name')} className={`mr-mono ${classes.name}`} title={group.name}>
                {group.name}
              </td>
              <td data-label={t('groups.members')}>
                <Members group={group} />
              </td>
              <td data-tight>
                <Button size="small" look="quiet" onClick={() => edit(group.name)} aria-label={t('people.edit', { name: group.title })}>
                  {t('action.edit')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {isNew ? <GroupDialog onClose={() => setNew(false)} /> : null}
      {edited === undefined ? null : <GroupDialog key={edited.name} group={edited} onClose={() => edit(undefined)} />}
    </Page>
  )
}

/** Names shown before the rest is a number. */
const FEW = 6

const Members = ({ group }: { readonly group: Group }) => {
  const { t } = useTranslation()
  if (group.members.length === 0) return <StatusMark mark="incident" withWord word={t('groups.nobody')} />
  return (
    <>
      {group.members.slice(0, FEW).map((name, at) => (
        <span key={name}>
          {at > 0 ? ', ' : null}
          <PersonName principal={`user:${name}`} asYou={false} />
        </span>
      ))}
      {group.members.length > FEW ? ` ${t('groups.more', { count: group.members.length - FEW })}` : null}
    </>
  )
}
