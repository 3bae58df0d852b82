import type { CreateBatch } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { batchPlan } from '../../data/queries/batches.ts'
import { incidentGroups } from '../../data/queries/operate.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { shortId } from '../../parts/copy-id/CopyId.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import form from '../../parts/dialog/dialog-form.module.css'
import { ErrorNotice, useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { StageList } from './StageList.tsx'

/** Stages offered: careful for what the world feels, all at once for what was only a broken network. */
const CAREFUL = [1, 10]
/** Letters of a message: enough to know the cause by. */
const MOST_MESSAGE = 240

/** Retries or skips all incidents of one cause: how many, in which stages, and whether a failure stops it. */
export const BatchDialog = ({ group, onClose }: { readonly group: string; readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { client, wrote } = useData()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const name = useId()
  const [action, setAction] = useState<'retry' | 'skip'>('retry')
  const [isCareful, setCareful] = useState(true)
  const [stopAtFailure, setStop] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const request: CreateBatch = { action, group, stages: isCareful ? CAREFUL : [], stopAtFailure }
  const plan = useQuery(batchPlan(client, request))
  const total = plan.data?.total
  const first = plan.data?.stages[0]
  const cause = useQuery(incidentGroups(client)).data?.items.find(({ id }) => id === group)
  const begin = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const batch = await client.batches.create(request)
      wrote('batch', batch.id, ['created'])
      onClose()
      void navigate({ to: '/batches/$id', params: { id: batch.id } })
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('batch.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            look={action === 'skip' ? 'danger' : 'primary'}
            disabled={total === undefined || total === 0}
            isBusy={isBusy}
            onClick={() => void begin()}
          >
            {first === undefined || first === total
              ? t(`batch.do.${action}`, { count: total ?? 0 })
              : t(`batch.doFirst.${action}`, { count: first, of: total ?? first })}
          </Button>
        </>
      }
    >
      <div className={form.form}>
        {problem === undefined ? null : <Notice tone="error">{problem}</Notice>}
        {cause === undefined ? null : (
          <p>
            <strong>
              <UserText>{cause.workflowTitle}</UserText>
              {cause.node === undefined ? null : (
                <>
                  {' › '}
                  <UserText>{cause.nodeTitle ?? cause.node}</UserText>
                </>
              )}
            </strong>
            : <UserText most={MOST_MESSAGE}>{cause.message}</UserText> <code>{cause.code}</code>
          </p>
        )}
        <fieldset className={form.choices}>
          <legend>{t('batch.what')}</legend>
          {(['retry', 'skip'] as const).map((each) => (
            <label key={each} className={form.choice}>
              <input type="radio" name={name} checked={action === each} onChange={() => setAction(each)} />
              <span>{t(`batch.action.${each}`)}</span>
            </label>
          ))}
        </fieldset>
        <fieldset className={form.choices}>
          <legend>{t('batch.how')}</legend>
          <label className={form.choice}>
            <input type="checkbox" checked={isCareful} onChange={(event) => setCareful(event.currentTarget.checked)} />
            <span>{t('batch.careful')}</span>
          </label>
          <label className={form.choice}>
            <input type="checkbox" checked={stopAtFailure} onChange={(event) => setStop(event.currentTarget.checked)} />
            <span>{t('batch.stopAtFailure')}</span>
          </label>
        </fieldset>
        {plan.error !== null ? (
          <ErrorNotice error={plan.error} retry={() => void plan.refetch()} />
        ) : plan.data === undefined ? (
          <Skeleton lines={['60%', '40%']} />
        ) : (
          <div>
            <StageList stages={plan.data.stages} />
            {plan.data.first[0] === undefined ? null : (
              <p>
                {t('batch.begins')} <UserText>{plan.data.first[0].title}</UserText>{' '}
                <span className="mr-mono">{shortId(plan.data.first[0].instance)}</span>
              </p>
            )}
          </div>
        )}
      </div>
    </Dialog>
  )
}
