import type { Instance } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../../app/keys/use-keys.ts'
import { versionOne } from '../../../data/queries/versions.ts'
import { useData } from '../../../data/use-data.ts'
import { ErrorNotice } from '../../../parts/notice/ErrorNotice.tsx'
import { Skeleton } from '../../../parts/skeleton/Skeleton.tsx'
import type { Action } from '../action/actions.ts'
import { nodesOf } from '../action/nodes-of.ts'
import { useFacts } from '../use-facts.ts'
import classes from './RunTab.module.css'
import { StepDetail } from './StepDetail.tsx'
import { StepList } from './StepList.tsx'
import { type StepRecord, stepsOf } from './steps-of.ts'
import { TimelinePanel } from './TimelinePanel.tsx'

const InstanceGraph = lazy(async () => ({ default: (await import('./InstanceGraph.tsx')).InstanceGraph }))

export interface RunTabProps {
  readonly instance: Instance
  readonly actions: readonly Action[]
  readonly onAction: (action: Action, step?: number) => void
}

/** Where it stands and how it came there: the graph with its tokens, the time of each step, and the steps themselves. */
export const RunTab = ({ instance, actions, onAction }: RunTabProps) => {
  const { t } = useTranslation()
  const search = useSearch({ from: '/frame/instances/$id' })
  const navigate = useNavigate({ from: '/instances/$id' })
  const { client } = useData()
  const history = useFacts(instance.id)
  const isGraph = instance.kind === 'graph'
  const version = useQuery({ ...versionOne(client, instance.workflow, instance.version), enabled: isGraph })
  const { facts } = history
  const steps = useMemo(() => stepsOf(facts ?? []).toReversed(), [facts])
  const model = version.data?.model
  const titles = useMemo(() => new Map(nodesOf(model ?? {}).map(({ id, title }) => [id, title])), [model])
  const titleOf = (step: StepRecord): string =>
    step.title ?? instance.steps.find((open) => open.step === step.step)?.title ?? titles.get(step.node) ?? step.node

  const urgent = instance.why?.params.step
  const current = search.step ?? (typeof urgent === 'number' ? urgent : steps[0]?.step)
  const selected = steps.find(({ step }) => step === current)
  const [unreached, setUnreached] = useState<string>()
  const choose = (step: number) => {
    setUnreached(undefined)
    void navigate({ search: (before) => ({ ...before, step }), replace: true, resetScroll: false })
  }
  const move = (by: 1 | -1) => {
    const next = steps[steps.findIndex(({ step }) => step === current) + by]
    if (next !== undefined) choose(next.step)
  }
  useKeys({ nextStep: () => move(1), previousStep: () => move(-1) })

  const selectNode = (node: string | undefined) => {
    if (node === undefined) return
    const latest = steps.find((step) => step.node === node)
    if (latest === undefined) setUnreached(node)
    else choose(latest.step)
  }
  const timeline = <TimelinePanel instance={instance} selected={current} onSelect={choose} isAlone={!isGraph} />
  return (
    <div className={classes.run} data-kind={instance.kind}>
      <div className={classes.drawings}>
        {isGraph ? (
          <div className={classes.graph}>
            {model === undefined ? (
              version.error === null ? (
                <div className={classes.wait} aria-busy="true">
                  <Skeleton lines={['30%', '30%', '30%']} height={28} />
                </div>
              ) : (
                <ErrorNotice error={version.error} retry={() => void version.refetch()} />
              )
            ) : (
              <Suspense fallback={<div className={classes.wait} />}>
                <InstanceGraph
                  instance={instance}
                  model={model}
                  facts={facts}
                  selected={unreached ?? selected?.node}
                  onSelect={selectNode}
                />
              </Suspense>
            )}
          </div>
        ) : null}
        {timeline}
      </div>
      <div className={classes.steps}>
        {history.error === undefined ? null : <ErrorNotice error={history.error} retry={history.retry} />}
        {facts === undefined ? (
          history.error === undefined ? (
            <div className={classes.wait} aria-busy="true">
              <Skeleton lines={['70%', '60%', '75%', '50%']} height={14} />
            </div>
          ) : null
        ) : (
          <>
            <StepList
              instance={instance}
              steps={steps}
              titleOf={titleOf}
              current={unreached === undefined ? current : undefined}
              // After a failure the reader asks again: the list would ask without end.
              hasEarlier={history.hasEarlier && history.error === undefined}
              isReadingEarlier={history.isReadingEarlier}
              readEarlier={() => void history.readEarlier()}
            />
            {unreached !== undefined ? (
              <p className={classes.unreached}>{t('step.unreached', { title: titles.get(unreached) ?? unreached })}</p>
            ) : selected === undefined ? (
              current === undefined ? null : (
                <p className={classes.unreached}>{t(history.hasEarlier ? 'step.before' : 'step.none', { step: current })}</p>
              )
            ) : (
              <StepDetail
                key={selected.step}
                instance={instance}
                step={selected}
                title={titleOf(selected)}
                actions={actions}
                onAction={onAction}
                part={search.part}
              />
            )}
          </>
        )}
      </div>
    </div>
  )
}
