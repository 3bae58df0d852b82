import type { WorkItem } from '@millrace/protocol'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../app/keys/use-keys.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { Markdown } from '../../parts/markdown/Markdown.tsx'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { ItemAside } from './ItemAside.tsx'
import { ItemBar } from './ItemBar.tsx'
import { ItemData } from './ItemData.tsx'
import type { ItemFormHandle } from './ItemForm.tsx'
import { ItemHead } from './ItemHead.tsx'
import { ItemNotice } from './ItemNotice.tsx'
import classes from './ItemView.module.css'
import { asksForAnswer, formFor } from './item-draft.ts'
import { Thread } from './Thread.tsx'
import { useDecision } from './use-decision.ts'
import { useItemInput } from './use-item-input.ts'

const DelegateDialog = lazy(async () => ({ default: (await import('./DelegateDialog.tsx')).DelegateDialog }))
const StepBackDialog = lazy(async () => ({ default: (await import('./StepBackDialog.tsx')).StepBackDialog }))
const ItemForm = lazy(async () => ({ default: (await import('./ItemForm.tsx')).ItemForm }))

export interface ItemViewProps {
  readonly item: WorkItem
  readonly onDone: () => void
  readonly onClose: () => void
  readonly isAlone: boolean
}

/** One work item: what it is, why me, what to fill in, what was said, and the bar to decide it. */
export const ItemView = ({ item, onDone, onClose, isAlone }: ItemViewProps) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [armed, setArmed] = useState<string>()
  const [asked, setAsked] = useState<'delegate' | 'step-back'>()
  const { input, change, forget, left, saved } = useItemInput(item)
  const decision = useDecision(item, { onDone, forget })
  const can = (right: WorkItem['can'][number]): boolean => item.can.includes(right)
  const form = formFor(item, armed)
  const fields = useRef<ItemFormHandle>(null)

  useKeys({
    claim: can('claim') ? () => void decision.claim() : undefined,
    unclaim: can('unclaim') ? () => void decision.unclaim() : undefined,
    delegate: can('delegate') ? () => setAsked('delegate') : undefined,
    stepBack: can('step-back') && item.back.length > 0 ? () => setAsked('step-back') : undefined,
    comment: can('comment') || can('complete') ? () => document.getElementById('item-comment')?.focus() : undefined,
    openInstance: () => void navigate({ to: '/instances/$id', params: { id: item.instance } }),
  })

  return (
    <article className={classes.item} aria-labelledby="item">
      <div className={classes.scroll}>
        <div className={classes.columns}>
          <div className={classes.main}>
            {isAlone ? (
              <Button look="quiet" size="small" icon={<Icon name="left" />} onClick={onClose}>
                {t('item.toList')}
              </Button>
            ) : null}
            <ItemHead item={item} />
            <ItemNotice item={item} decision={decision} />
            {item.description === undefined || item.description === '' ? null : <Markdown text={item.description} />}
            <ItemData item={item} />
            {can('complete') && asksForAnswer(form) && form !== undefined ? (
              <Suspense fallback={<Skeleton lines={['30%', '70%', '50%']} />}>
                <ItemForm
                  key={form === item.form ? '' : armed}
                  handle={fields}
                  isAsked={armed !== undefined}
                  onEnter={() => document.querySelector<HTMLElement>('[data-route][aria-pressed=true]')?.click()}
                  form={form}
                  title={form === item.form ? undefined : item.routes.find(({ name }) => name === armed)?.label}
                  answer={input.answer}
                  onChange={(answer) => change({ answer })}
                  problems={decision.fields}
                  left={left}
                />
              </Suspense>
            ) : null}
            <Thread item={item} />
          </div>
          <ItemAside item={item} />
        </div>
      </div>
      {can('complete') || can('comment') || can('delegate') || can('claim') ? (
        <ItemBar
          item={item}
          armed={armed}
          onArm={setArmed}
          input={input}
          onComment={(comment) => change({ comment })}
          onCommented={() => change({ comment: '' })}
          decision={decision}
          readAnswer={() => (fields.current === null ? input.answer : fields.current.read())}
          saved={saved}
          onDelegate={() => setAsked('delegate')}
          onStepBack={() => setAsked('step-back')}
        />
      ) : null}
      <Suspense fallback={null}>
        {asked === 'delegate' ? (
          <DelegateDialog
            of={item.id}
            hint={t('delegate.hint', { title: item.title })}
            isBusy={decision.isBusy}
            problem={decision.problem}
            onDelegate={decision.delegate}
            onClose={() => setAsked(undefined)}
          />
        ) : null}
        {asked === 'step-back' ? <StepBackDialog item={item} decision={decision} onClose={() => setAsked(undefined)} /> : null}
      </Suspense>
    </article>
  )
}
