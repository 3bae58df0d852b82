import type { Model } from '@millrace/model'
import type { Model as ModelRow } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { overlay } from '../../app/frame/overlays.ts'
import { versionOne } from '../../data/queries/versions.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { graphOfModel } from '../../parts/graph/graph.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import headClasses from './ModelHead.module.css'
import classes from './ModelView.module.css'
import { useModelWords } from './words.ts'

const GraphView = lazy(async () => ({ default: (await import('../../parts/graph/GraphView.tsx')).GraphView }))

/** A model as members see it: its graph, and Start. */
export const ModelReader = ({ model }: { readonly model: ModelRow }) => {
  const t = useModelWords()
  const { client } = useData()
  const { data: version } = useQuery({ ...versionOne(client, model.id, model.latest ?? 1), enabled: model.latest !== undefined })
  return (
    <div className={classes.page}>
      <header className={headClasses.head}>
        <h1 className={headClasses.title}>
          <UserText>{model.title}</UserText>
        </h1>
        <span className={headClasses.muted}>{model.latest === undefined ? t('notSynced') : t('live', { version: model.latest })}</span>
        <div className={headClasses.actions}>
          {model.canStart && model.latest !== undefined ? (
            <Button look="primary" onClick={() => overlay.set({ kind: 'start', workflow: model.id })}>
              {t('start')}
            </Button>
          ) : null}
        </div>
      </header>
      <div className={classes.graph}>
        {version?.model === undefined ? (
          <p className={classes.later}>{t('noText')}</p>
        ) : (
          <Suspense fallback={null}>
            <GraphView graph={graphOfModel(version.model as unknown as Model)} title={model.title} />
          </Suspense>
        )}
      </div>
    </div>
  )
}
