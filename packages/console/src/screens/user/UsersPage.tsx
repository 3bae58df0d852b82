import type { User } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { userList } from '../../data/queries/administration.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { inputClass } from '../../parts/field/Field.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Page } from '../../parts/page/Page.tsx'
import { GroupNames } from '../../parts/person/PersonName.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { PasswordShown } from './PasswordShown.tsx'
import { UserDialog } from './UserDialog.tsx'
import classes from './UsersPage.module.css'

/** Who may sign in, and what they may do. */
export const UsersPage = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const search = useSearch({ from: '/frame/users' })
  const navigate = useNavigate({ from: '/users' })
  const [typed, setTyped] = useState(search.search ?? '')
  const asked = useDeferredValue(typed.trim())
  const { data, error, refetch } = useQuery(userList(client, asked === '' ? undefined : asked))
  const [isNew, setNew] = useState(false)
  const [shown, setShown] = useState<{ readonly user: string; readonly password: string }>()
  const edited = data?.items.find(({ name }) => name === search.user)
  const edit = (user: string | undefined) => void navigate({ search: (before) => ({ ...before, user }) as typeof search, replace: true })
  return (
    <Page
      title={t('rail.users')}
      actions={
        <Button look="primary" icon={<Icon name="add" size={14} />} onClick={() => setNew(true)}>
          {t('people.new')}
        </Button>
      }
      head={
        <label className={classes.search}>
          <span className="mr-unseen">{t('people.search')}</span>
          <input
            type="search"
            className={inputClass}
            placeholder={t('people.search')}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              const text = event.currentTarget.value.trim()
              void navigate({ search: text === '' ? {} : { search: text }, replace: true })
            }}
          />
        </label>
      }
    >
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={6} height={36} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t('people.nobodyFound')}>{t('people.nobodyFoundText')}</EmptyState>
      ) : (
        <>
          <UserTable users={data.items} onEdit={edit} />
          {data.next === undefined ? null : <p className={classes.more}>{t('people.more', { count: data.items.length })}</p>}
        </>
      )}
      {isNew ? <UserDialog onClose={() => setNew(false)} onPassword={setShown} /> : null}
      {edited === undefined ? null : <UserDialog key={edited.name} user={edited} onClose={() => edit(undefined)} onPassword={setShown} />}
      {shown === undefined ? null : <PasswordShown {...shown} onClose={() => setShown(undefined)} />}
    </Page>
  )
}

const UserTable = ({ users, onEdit }: { readonly users: readonly User[]; readonly onEdit: (name: string) => void }) => {
  const { t } = useTranslation()
  return (
    <Table
      label={t('rail.users')}
      head={
        <>
          <th>{t('people.displayName')}</th>
          <th>{t('people.name')}</th>
          <th>{t('people.roles')}</th>
          <th>{t('people.groups')}</th>
          <th>{t('people.email')}</th>
          <th>
            <span className="mr-unseen">{t('action.edit')}</span>
          </th>
        </>
      }
    >
      {users.map((user) => (
        <tr key={user.name} data-inactive={!user.isActive || undefined} className={classes.row}>
          <td data-label={t('people.displayName')}>
            <strong>
              <UserText>{user.displayName}</UserText>
            </strong>
            {user.isActive ? null : <span className={classes.inactive}> {t('people.inactive')}</span>}
          </td>
          <td data-label={t('people.name')} className={`mr-mono ${classes.name}`} title={user.name}>
            {user.name}
          </td>
          <td data-label={t('people.roles')}>{user.roles.map((role) => t(`role.${role}`)).join(', ')}</td>
          <td data-label={t('people.groups')}>
            <GroupNames names={user.groups} />
          </td>
          <td data-label={t('people.email')}>{user.email === undefined ? '' : <UserText>{user.email}</UserText>}</td>
          <td data-tight>
            <Button size="small" look="quiet" onClick={() => onEdit(user.name)} aria-label={t('people.edit', { name: user.displayName })}>
              {t('action.edit')}
            </Button>
          </td>
        </tr>
      ))}
    </Table>
  )
}
