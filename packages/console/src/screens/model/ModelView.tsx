import type { Problem } from '@millrace/model'
import type { Draft, Model as ModelRow } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { overlay } from '../../app/frame/overlays.ts'
import { rightsOf } from '../../app/rights.ts'
import { styleNonce } from '../../app/theme/theme.ts'
import { taskNames } from '../../data/queries/models.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { linesOfNode, nodeAtLine } from '../../parts/editor/check/node-lines.ts'
import { useChecked } from '../../parts/editor/use-checked.ts'
import type { YamlEditorHandle } from '../../parts/editor/YamlEditor.tsx'
import { graphOfModel } from '../../parts/graph/graph.ts'
import { playOf } from '../../parts/graph/play.ts'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import headClasses from './ModelHead.module.css'
import classes from './ModelView.module.css'
import { MergedNotice } from './merge/MergedNotice.tsx'
import { Presence } from './Presence.tsx'
import { ProblemList } from './ProblemList.tsx'
import { withServerProblems } from './server-problems.ts'
import { useModelText } from './use-model-text.ts'
import { Verdict } from './Verdict.tsx'
import { useModelWords } from './words.ts'

const YamlEditor = lazy(async () => ({ default: (await import('../../parts/editor/YamlEditor.tsx')).YamlEditor }))
const GraphView = lazy(async () => ({ default: (await import('../../parts/graph/GraphView.tsx')).GraphView }))
const PlayBar = lazy(async () => ({ default: (await import('../../parts/graph/PlayBar.tsx')).PlayBar }))
const SyncDialog = lazy(async () => ({ default: (await import('./SyncDialog.tsx')).SyncDialog }))
const VersionsDialog = lazy(async () => ({ default: (await import('./VersionsDialog.tsx')).VersionsDialog }))
const MergeDialog = lazy(async () => ({ default: (await import('./merge/MergeDialog.tsx')).MergeDialog }))

type ModelSearch = { version?: string; node?: string; compare?: string }

/** A model that may be edited: text left, graph right, each pointing at the other. */
export const ModelView = ({ model, draft }: { readonly model: ModelRow; readonly draft: Draft }) => {
  const t = useModelWords()
  const { client } = useData()
  const { edits } = rightsOf(useMe())
  const { node: selected } = useSearch({ from: '/frame/models/$id' })
  const navigate = useNavigate({ from: '/models/$id' })
  const { data: tasks } = useQuery(taskNames(client))
  const draftText = useModelText(draft)
  const checked = useChecked(draftText.text)
  const editor = useRef<YamlEditorHandle>(null)
  const [dialog, setDialog] = useState<'sync' | 'versions'>()
  const [playAt, setPlayAt] = useState<number>()

  const graph = useMemo(() => (checked?.model === undefined ? undefined : graphOfModel(checked.model)), [checked?.model])
  const play = useMemo(
    () => (graph === undefined || checked?.counterexample === undefined ? undefined : playOf(graph, checked.counterexample)),
    [graph, checked?.counterexample],
  )
  const marked = useMemo(
    () => (checked === undefined || selected === undefined ? undefined : linesOfNode(checked.lines, selected, draftText.text)),
    [checked, selected, draftText.text],
  )
  const frame = playAt === undefined ? undefined : play?.frames[playAt]

  const select = useCallback(
    (node: string | undefined) => {
      void navigate({ search: (before) => ({ ...before, node }) as ModelSearch, replace: true })
      const line = node === undefined ? undefined : checked?.lines[node]
      if (line !== undefined) editor.current?.goTo(line)
    },
    [navigate, checked?.lines],
  )
  const selectLine = useCallback(
    (line: number) => {
      const node = nodeAtLine(checked?.lines ?? {}, line)
      if (node !== undefined && node !== selected) void navigate({ search: (before) => ({ ...before, node }), replace: true })
    },
    [navigate, checked?.lines, selected],
  )
  // Tasks and people that are missing only the server knows; what it says is true for the text it has.
  const problems = useMemo(
    () => withServerProblems(checked?.problems ?? [], draft.text === draftText.text ? draft.problems : []),
    [checked?.problems, draft.text, draft.problems, draftText.text],
  )
  const goTo = useCallback((problem: Problem) => editor.current?.goTo(problem.line, problem.column), [])

  return (
    <div className={classes.page}>
      <header className={headClasses.head}>
        <h1 className={headClasses.title}>
          <UserText>{checked?.model?.title ?? model.title}</UserText>
        </h1>
        <span className={headClasses.muted}>{model.latest === undefined ? t('notSynced') : t('live', { version: model.latest })}</span>
        <Verdict checked={checked} problems={problems} onPlay={play === undefined ? undefined : () => setPlayAt(0)} />
        <span className={headClasses.muted} role="status">
          {draftText.state === 'saving' ? t('saving') : draftText.state === 'device' ? t('deviceOnly') : <Time ms={draftText.savedAtMs} />}
        </span>
        <Presence model={model.id} edits={edits} />
        <div className={headClasses.actions}>
          <Button onClick={() => setDialog('versions')}>{t('versions')}</Button>
          {model.canStart && model.latest !== undefined ? (
            <Button onClick={() => overlay.set({ kind: 'start', workflow: model.id })}>{t('start')}</Button>
          ) : null}
          {edits ? (
            <Button look="primary" onClick={() => setDialog('sync')}>
              {t('sync')}
            </Button>
          ) : null}
        </div>
      </header>
      {draftText.merged === undefined ? null : <MergedNotice merged={draftText.merged} onSeen={draftText.seeMerged} />}
      <div className={classes.body}>
        <div className={classes.left}>
          <div className={classes.text}>
            <Suspense fallback={<Skeleton lines={['60%', '40%', '70%']} />}>
              <YamlEditor
                ref={editor}
                value={draftText.text}
                onChange={draftText.setText}
                onLine={selectLine}
                problems={problems}
                marked={marked}
                isReadOnly={!edits}
                label={t('text')}
                tasks={tasks ?? []}
                nonce={styleNonce()}
              />
            </Suspense>
          </div>
          <ProblemList problems={problems} onGoTo={goTo} />
        </div>
        <div className={classes.right}>
          <Suspense fallback={null}>
            {play !== undefined && playAt !== undefined ? <PlayBar play={play} at={playAt} onMove={setPlayAt} /> : null}
            <div className={classes.graph}>
              {graph === undefined ? (
                <p className={classes.later}>{t('graphLater')}</p>
              ) : (
                <GraphView
                  graph={graph}
                  title={model.title}
                  selected={selected}
                  onSelect={select}
                  {...(frame === undefined ? {} : { live: frame.live, lit: frame.lit })}
                />
              )}
            </div>
          </Suspense>
        </div>
      </div>
      <Suspense fallback={null}>
        {dialog === 'sync' ? <SyncDialog model={model} flush={draftText.flush} onClose={() => setDialog(undefined)} /> : null}
        {dialog === 'versions' ? (
          <VersionsDialog
            model={model}
            text={draftText.text}
            onRestore={edits ? draftText.setText : undefined}
            onClose={() => setDialog(undefined)}
          />
        ) : null}
        {draftText.conflict === undefined ? null : (
          <MergeDialog conflict={draftText.conflict} mine={draftText.text} resolve={draftText.resolve} />
        )}
      </Suspense>
    </div>
  )
}
