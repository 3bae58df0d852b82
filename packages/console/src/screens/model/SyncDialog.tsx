import type { Model as ModelRow } from '@millrace/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { modelImpact } from '../../data/queries/models.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { ImpactView } from './ImpactView.tsx'
import classes from './SyncDialog.module.css'
import { useModelWords } from './words.ts'

interface SyncDialogProps {
  readonly model: ModelRow
  readonly flush: () => Promise<void>
  readonly onClose: () => void
}

/** What a Sync would do, in sentences, and one button that repeats its effect. */
export const SyncDialog = ({ model, flush, onClose }: SyncDialogProps) => {
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
  const impact = useQuery({ ...modelImpact(client, model.id), enabled: isSaved }).data
  const sync = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      // Of what was shown: a draft that somebody changed meanwhile is refused.
      const answer = await client.models.sync(model.id, note === '' ? {} : { note }, impact === undefined ? {} : { ifMatch: impact.etag })
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
        <Button look="primary" isBusy={isBusy} disabled={impact?.ok !== true || !impact.isNew} onClick={() => void sync()}>
          {impact?.isNew === false
            ? t('syncSame', { version: impact.version })
            : t('syncAs', { version: impact?.version ?? (model.latest ?? 0) + 1 })}
        </Button>
      }
    >
      {impact === undefined || impact.ok ? null : <Notice tone="warning">{t('cannotSync')}</Notice>}
      {error === null ? null : <ErrorNotice error={error} />}
      {impact === undefined ? <Skeleton lines={['30%', '80%', '60%']} /> : <ImpactView impact={impact} />}
      <label className={classes.note}>
        {t('note')}
        <textarea value={note} maxLength={2_000} rows={2} placeholder={t('noteHint')} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Dialog>
  )
}
