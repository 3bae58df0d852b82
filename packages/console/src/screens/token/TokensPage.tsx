import type { Token } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { rightsOf } from '../../app/rights.ts'
import { useNow } from '../../app/time/use-now.ts'
import { tokenList } from '../../data/queries/administration.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { ErrorNotice, useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Page } from '../../parts/page/Page.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { TokenDialog } from './TokenDialog.tsx'
import classes from './TokensPage.module.css'

/** What programs sign in with. Administrators may look at everybody's. */
export const TokensPage = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const { administers } = rightsOf(useMe())
  const [isAll, setAll] = useState(false)
  const [isNew, setNew] = useState(false)
  const { data, error, refetch } = useQuery(tokenList(client, isAll ? '*' : undefined))
  return (
    <Page
      title={t('frame.tokens')}
      actions={
        <Button look="primary" icon={<Icon name="add" size={14} />} onClick={() => setNew(true)}>
          {t('tokens.new')}
        </Button>
      }
      head={
        <>
          <p className={classes.about}>{t('tokens.about')}</p>
          {administers ? (
            <label className={classes.all}>
              <input type="checkbox" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} />
              <span>{t('tokens.everybody')}</span>
            </label>
          ) : null}
        </>
      }
    >
      {error !== null && data === undefined ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={4} height={36} />
      ) : data.items.length === 0 ? (
        <EmptyState title={t('tokens.empty')}>{t('tokens.emptyText')}</EmptyState>
      ) : (
        <Table
          label={t('frame.tokens')}
          head={
            <>
              <th>{t('tokens.name')}</th>
              {isAll ? <th>{t('tokens.user')}</th> : null}
              <th>{t('tokens.created')}</th>
              <th>{t('tokens.used')}</th>
              <th>{t('tokens.expires')}</th>
              <th>
                <span className="mr-unseen">{t('tokens.revoke')}</span>
              </th>
            </>
          }
        >
          {data.items.map((token) => (
            <TokenRow key={token.id} token={token} withUser={isAll} />
          ))}
        </Table>
      )}
      {isNew ? <TokenDialog onClose={() => setNew(false)} /> : null}
    </Page>
  )
}

const TokenRow = ({ token, withUser }: { readonly token: Token; readonly withUser: boolean }) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const now = useNow()
  const [isSure, setSure] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const revoke = async () => {
    if (!isSure) return setSure(true)
    setBusy(true)
    try {
      await client.tokens.delete(token.id)
      wrote('token', token.id, ['token'])
      toast(t('tokens.revoked', { name: token.name }))
    } catch (error) {
      toast(errorText(error), 'error')
      setBusy(false)
    }
  }
  const isOver = token.expiresAtMs !== undefined && token.expiresAtMs < now
  return (
    <tr>
      <td data-label={t('tokens.name')}>
        <strong>
          <UserText>{token.name}</UserText>
        </strong>
      </td>
      {withUser ? (
        <td data-label={t('tokens.user')}>
          <PersonName principal={`user:${token.user}`} />
        </td>
      ) : null}
      <td data-label={t('tokens.created')}>
        <Time ms={token.createdAtMs} />
      </td>
      <td data-label={t('tokens.used')}>{token.lastUsedAtMs === undefined ? t('tokens.never') : <Time ms={token.lastUsedAtMs} />}</td>
      <td data-label={t('tokens.expires')}>
        {token.expiresAtMs === undefined ? t('tokens.endless') : isOver ? t('tokens.over') : <Time ms={token.expiresAtMs} />}
      </td>
      <td data-tight>
        <Button
          size="small"
          look={isSure ? 'danger' : 'quiet'}
          isBusy={isBusy}
          onClick={() => void revoke()}
          onBlur={() => setSure(false)}
          aria-label={`${t(isSure ? 'tokens.revokeSure' : 'tokens.revoke')} ${token.name}`}
        >
          {isSure ? t('tokens.revokeSure') : t('tokens.revoke')}
        </Button>
      </td>
    </tr>
  )
}
