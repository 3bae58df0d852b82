import type { Group } from '@millrace/protocol'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Chip } from '../../parts/chip/Chip.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import classes from '../../parts/dialog/dialog-form.module.css'
import { Field } from '../../parts/field/Field.tsx'
import { typedText } from '../../parts/field/typed-text.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { PersonPicker } from '../../parts/person/PersonPicker.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import own from './GroupDialog.module.css'

/** Makes a group, or changes its title and members; deleting asks again. */
export const GroupDialog = ({ group, onClose }: { readonly group?: Group; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const errorText = useErrorText()
  const form = useId()
  const [members, setMembers] = useState<readonly string[]>(group?.members ?? [])
  const [isDeleting, setDeleting] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  const run = async (name: string, what: () => Promise<unknown>, said: string) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await what()
      wrote('group', name, ['group'])
      toast(said)
      onClose()
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const name = group?.name ?? typedText(values, 'name').trim()
    const title = typedText(values, 'title').trim()
    void run(
      name,
      () => client.groups.save(name, { members: [...members], ...(title === '' ? {} : { title }) }),
      t('people.saved', { name }),
    )
  }
  return (
    <Dialog
      title={group === undefined ? t('groups.new') : t('people.edit', { name: group.title })}
      onClose={onClose}
      size={520}
      actions={
        <>
          {group === undefined ? null : (
            <Button
              look="danger"
              isBusy={isBusy}
              onClick={() =>
                isDeleting
                  ? void run(group.name, () => client.groups.delete(group.name), t('groups.deleted', { name: group.title }))
                  : setDeleting(true)
              }
            >
              {isDeleting ? t('groups.deleteSure') : t('groups.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form={form} look="primary" isBusy={isBusy}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id={form} className={classes.form} onSubmit={submit}>
        {problem === undefined ? null : <Notice tone="error">{problem}</Notice>}
        {isDeleting ? <Notice tone="warning">{t('groups.deleteText')}</Notice> : null}
        {group === undefined ? (
          <Field
            label={t('people.name')}
            hint={t('groups.nameHint')}
            name="name"
            required
            maxLength={64}
            pattern="[^\s:\/][^:\/]*"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
          />
        ) : null}
        <Field
          label={t('groups.title')}
          name="title"
          defaultValue={group?.title}
          dir="auto"
          maxLength={200}
          {...(group === undefined ? {} : { 'data-autofocus': true })}
        />
        <PersonPicker
          key={members.length}
          label={t('groups.addMember')}
          kind="user"
          value={undefined}
          onChange={(principal) => {
            const name = principal?.slice('user:'.length)
            if (name !== undefined && !members.includes(name)) setMembers([...members, name])
          }}
        />
        <div className={own.members} role="list" aria-label={t('groups.members')}>
          {members.map((name) => (
            <div key={name} role="listitem">
              <Chip onRemove={() => setMembers(members.filter((each) => each !== name))} removeLabel={t('groups.removeMember', { name })}>
                <PersonName principal={`user:${name}`} asYou={false} />
              </Chip>
            </div>
          ))}
          {members.length === 0 ? <span className={own.none}>{t('groups.nobodyText')}</span> : null}
        </div>
      </form>
    </Dialog>
  )
}
