import type { Model as ModelRow } from '@millrace/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { modelChanges, modelVersions } from '../../data/queries/models.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import classes from './SyncDialog.module.css'
import { useModelWords } from './words.ts'

interface SyncDialogProps {
  readonly model: ModelRow
  readonly hasErrors: boolean
  readonly flush: () => Promise<void>
  readonly onClose: () => void
}

/** What a Sync would do, in sentences, and one button that repeats its effect. */
export const SyncDialog = ({ model, hasErrors, flush, onClose }: SyncDialogProps) => {
  const t = useModelWords()
  const { client } = useData()
  const queries = useQueryClient()
  const [isSaved, setSaved] = useState(false)
  const [note, setNote] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  // Once, when the sheet opens.
  const saveAtOpening = useRef(flush)
  useEffect(() => {
    void saveAtOpening.current().then(() => setSaved(true))
  }, [])
  const next = (model.latest ?? 0) + 1
  const changes = useQuery({ ...modelChanges(client, model.id), enabled: isSaved && model.latest !== undefined && !hasErrors })
  const versions = useQuery({ ...modelVersions(client, model.id), enabled: model.latest !== undefined })
  const staying = versions.data?.items.filter((version) => version.instances.open > 0) ?? []
  const sync = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const answer = await client.models.sync(model.id, note === '' ? {} : { note })
      await queries.invalidateQueries({ queryKey: ['workflow'] })
      toast(t(answer.isNew ? 'synced' : 'unchanged', { version: answer.version }))
      onClose()
    } catch (reason) {
      setError(reason)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('syncTitle', { title: model.title })}
      size={560}
      onClose={onClose}
      actions={
        <Button look="primary" isBusy={isBusy} disabled={hasErrors || !isSaved} onClick={() => void sync()}>
          {t('syncAs', { version: next })}
        </Button>
      }
    >
      {hasErrors ? <Notice tone="warning">{t('cannotSync')}</Notice> : null}
      {error === null ? null : <ErrorNotice error={error} />}
      <h3 className={classes.heading}>{t('changes')}</h3>
      {model.latest === undefined ? (
        <p>{t('first')}</p>
      ) : changes.data === undefined ? null : changes.data.changes.length === 0 ? (
        <p>{t('noChanges', { version: model.latest })}</p>
      ) : (
        <ul className={classes.changes}>
          {changes.data.changes.map((change) => (
            <li key={JSON.stringify(change)}>{sentenceOf(change)}</li>
          ))}
        </ul>
      )}
      <h3 className={classes.heading}>{t('instances')}</h3>
      {staying.length === 0 ? (
        <p>{t('noneStay')}</p>
      ) : (
        <ul className={classes.changes}>
          {staying.map((version) => (
            <li key={version.version}>{t('stay', { open: version.instances.open, version: version.version })}</li>
          ))}
        </ul>
      )}
      <label className={classes.note}>
        {t('note')}
        <textarea value={note} maxLength={2_000} rows={2} placeholder={t('noteHint')} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Dialog>
  )
}

const sentenceOf = (change: unknown): string =>
  typeof change === 'object' && change !== null && 'sentence' in change ? String(change.sentence) : JSON.stringify(change)
