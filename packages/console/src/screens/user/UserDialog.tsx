import { MillraceError } from '@millrace/client'
import type { User } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { groupList } from '../../data/queries/administration.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Checks } from '../../parts/checks/Checks.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { Field } from '../../parts/field/Field.tsx'
import { typedText } from '../../parts/field/typed-text.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { toast } from '../../parts/toast/toasts.ts'

export interface UserDialogProps {
  /** Absent: a new one. */
  readonly user?: User
  readonly onClose: () => void
  /** A password the server made, to be shown once. */
  readonly onPassword: (made: { readonly user: string; readonly password: string }) => void
}

const ROLES = ['member', 'editor', 'operator', 'administrator'] as const

/** Makes a user, or changes one: names, roles, groups, whether they may sign in, a new password. */
export const UserDialog = ({ user, onClose, onPassword }: UserDialogProps) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const form = useId()
  const groups = useQuery(groupList(client)).data?.items
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [isResetting, setResetting] = useState(false)

  const run = async (what: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await what()
      onClose()
    } catch (error) {
      setProblem(error instanceof MillraceError && error.code === 'EXISTS' ? t('people.exists') : errorText(error))
    } finally {
      setBusy(false)
    }
  }

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const text = (name: string): string => typedText(values, name).trim()
    const chosen = {
      roles: ROLES.filter((role) => values.getAll('roles').includes(role)),
      // A list that is not loaded, or not to its end, must not take a person out of groups it does not show.
      ...(groups === undefined
        ? {}
        : {
            groups: [
              ...values.getAll('groups').map(String),
              ...(user?.groups ?? []).filter((name) => !groups.some((group) => group.name === name)),
            ],
          }),
    }
    void run(async () => {
      if (user === undefined) {
        const made = await client.users.create({
          name: text('name'),
          ...(text('displayName') === '' ? {} : { displayName: text('displayName') }),
          ...(text('email') === '' ? {} : { email: text('email') }),
          ...chosen,
        })
        wrote('user', made.user.name, ['user'])
        if (made.password !== undefined) onPassword({ user: made.user.displayName, password: made.password })
      } else {
        await client.users.change(user.name, {
          displayName: text('displayName') === '' ? user.name : text('displayName'),
          email: text('email') === '' ? null : text('email'),
          isActive: values.get('isActive') === 'on',
          ...chosen,
        })
        wrote('user', user.name, ['user'])
        toast(t('people.saved', { name: user.name }))
      }
    })
  }
  const newPassword = () => {
    if (user === undefined) return
    if (!isResetting) return setResetting(true)
    void run(async () => {
      const made = await client.users.setPassword(user.name)
      if (made.password !== undefined) onPassword({ user: user.displayName, password: made.password })
    })
  }
  return (
    <Dialog
      title={user === undefined ? t('people.newTitle') : t('people.edit', { name: user.displayName })}
      onClose={onClose}
      size={560}
      actions={
        <>
          {user === undefined ? null : (
            <Button look={isResetting ? 'danger' : 'quiet'} onClick={newPassword} isBusy={isBusy}>
              {isResetting ? t('people.newPasswordSure') : t('people.newPassword')}
            </Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form={form} look="primary" isBusy={isBusy}>
            {user === undefined ? t('people.create') : t('action.save')}
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={submit}>
        {problem === undefined ? null : <Notice tone="error">{problem}</Notice>}
        {isResetting ? <Notice tone="warning">{t('people.newPasswordText')}</Notice> : null}
        {user === undefined ? (
          <Field
            label={t('people.name')}
            hint={t('people.nameHint')}
            name="name"
            required
            pattern="[a-z0-9][a-z0-9._@\-]{0,63}"
            title={t('people.nameHint')}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            data-autofocus
          />
        ) : null}
        <Field
          label={t('people.displayName')}
          name="displayName"
          defaultValue={user?.displayName}
          dir="auto"
          maxLength={200}
          autoComplete="off"
          {...(user === undefined ? {} : { 'data-autofocus': true })}
        />
        <Field label={t('people.email')} name="email" type="email" defaultValue={user?.email} maxLength={320} autoComplete="off" />
        <Checks
          legend={t('people.roles')}
          name="roles"
          options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`), hint: t(`people.role.${role}`) }))}
          checked={user?.roles ?? ['member']}
        />
        {groups === undefined || groups.length === 0 ? null : (
          <Checks
            legend={t('people.groups')}
            name="groups"
            options={groups.map(({ name, title }) => ({ value: name, label: title }))}
            checked={user?.groups ?? []}
            isWide
          />
        )}
        {user === undefined ? null : (
          <label className={classes.choice}>
            <input type="checkbox" name="isActive" defaultChecked={user.isActive} />
            <span>{t('people.isActive')}</span>
          </label>
        )}
      </form>
    </Dialog>
  )
}
