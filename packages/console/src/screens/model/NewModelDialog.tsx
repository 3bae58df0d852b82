import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { Field } from '../../parts/field/Field.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { useModelWords } from './words.ts'

/** The smallest model that runs: one person decides. */
const beginning = (id: string): string => `id: ${id}
title: ${id}
payload: path

nodes:
  - id: review
    type: participant
    title: Review {{ payload.path }}
    assign: initiator
    routes: { approve: end, reject: end }
`

/** Asks for an id and opens the new model's page. */
export const NewModelDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useModelWords()
  const { client } = useData()
  const navigate = useNavigate()
  const [id, setId] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const create = async (): Promise<void> => {
    setBusy(true)
    try {
      const draft = await client.models.create({ text: beginning(id.trim()), format: 'yaml' })
      await navigate({ to: '/models/$id', params: { id: draft.id } })
    } catch (reason) {
      setError(reason)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('newTitle')}
      onClose={onClose}
      actions={
        <Button look="primary" isBusy={isBusy} disabled={id.trim() === ''} onClick={() => void create()}>
          {t('create')}
        </Button>
      }
    >
      {error === null ? null : <ErrorNotice error={error} />}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (id.trim() !== '') void create()
        }}
      >
        <Field
          label={t('newId')}
          hint={t('newIdHint')}
          value={id}
          required
          autoFocus
          onChange={(event) => setId(event.currentTarget.value)}
        />
      </form>
    </Dialog>
  )
}
