import type { WorkItem } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import type { DraftSaved } from '../../app/drafts/use-draft.ts'
import { useKeys } from '../../app/keys/use-keys.ts'
import { usePreferences } from '../../app/preferences/use-preferences.ts'
import { clockTime } from '../../app/time/format.ts'
import { useTimeStyle } from '../../app/time/use-time-style.ts'
import { Button } from '../../parts/button/Button.tsx'
import type { JsonObject } from '../../parts/form/schema/json.ts'
import { Icon } from '../../parts/icon/Icon.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { Menu, MenuItem } from '../../parts/menu/Menu.tsx'
import { type BarRoute, RouteBar } from '../../parts/route-bar/RouteBar.tsx'
import { Consequence } from './Consequence.tsx'
import classes from './ItemBar.module.css'
import { asksForAnswer, formFor, type ItemInput } from './item-draft.ts'
import type { Decision } from './use-decision.ts'

export interface ItemBarProps {
  readonly item: WorkItem
  readonly armed: string | undefined
  readonly onArm: (route: string | undefined) => void
  readonly input: ItemInput
  readonly onComment: (text: string) => void
  /** The comment was sent alone. */
  readonly onCommented: () => void
  readonly decision: Decision
  /** What the form holds; undefined if it has a problem, which is shown then. */
  readonly readAnswer: () => JsonObject | undefined
  readonly saved: DraftSaved | undefined
  readonly onDelegate: () => void
  readonly onStepBack: () => void
}

/** A step with one way on: done is done. */
const ONLY_WAY = ''

/** The bar of a work item: its routes with their keys, comment, claim, and what else can be done. */
export const ItemBar = ({
  item,
  armed,
  onArm,
  input,
  onComment,
  onCommented,
  decision,
  readAnswer,
  saved,
  onDelegate,
  onStepBack,
}: ItemBarProps) => {
  const { t } = useTranslation()
  const { preferences } = usePreferences()
  const may = new Set(item.can)
  const hint = (at: number): string | undefined => (preferences.keys && at < 9 ? String(at + 1) : undefined)
  const routes: readonly BarRoute[] = !may.has('complete')
    ? []
    : item.routes.length === 0
      ? [{ name: ONLY_WAY, label: t('item.done'), style: 'primary', keyHint: hint(0), consequence: <Consequence follows={item.follows} /> }]
      : item.routes.map((route, at) => ({
          name: route.name,
          label: route.label,
          style: route.style,
          keyHint: hint(at),
          needsComment: route.commentRequired,
          consequence: <Consequence follows={route.follows} />,
        }))
  const armNamed = (word: 'approve' | 'reject') => {
    const route = routes.find(({ name }) => name === word)
    return route === undefined ? undefined : () => arm(route.name)
  }
  const arm = (name: string) => {
    decision.clearProblem()
    onArm(name)
  }
  const confirm = (name: string) => {
    // A route with a form of its own shows it first: what is on the page is what is sent.
    const isShown = formFor(item, name) === formFor(item, armed)
    const answer = isShown ? readAnswer() : input.answer
    if (answer === undefined) return arm(name)
    void decision.decide(name, { ...input, answer })
  }
  /** Nothing to fill in, nothing to fear: one press decides. */
  const isSimple = (name: string): boolean => {
    const route = routes.find((each) => each.name === name)
    return (
      route?.style !== 'danger' &&
      route?.needsComment !== true &&
      (!asksForAnswer(formFor(item, name)) || formFor(item, name) === item.form)
    )
  }

  useKeys({
    route:
      routes.length === 0
        ? undefined
        : (key) => {
            const route = routes[Number(key) - 1]
            if (route !== undefined) arm(route.name)
          },
    approve: armNamed('approve'),
    reject: armNamed('reject'),
    confirm: armed === undefined ? undefined : () => confirm(armed),
    leave: armed === undefined ? undefined : () => onArm(undefined),
  })

  const canMore = may.has('delegate') || (may.has('step-back') && item.back.length > 0) || may.has('unclaim')
  return (
    <RouteBar
      routes={routes}
      armed={armed}
      onArm={(name) => (name === undefined ? onArm(undefined) : arm(name))}
      onConfirm={confirm}
      comment={input.comment}
      onComment={onComment}
      onSendComment={
        may.has('comment')
          ? () => void decision.comment(input.comment.trim()).then((isSent) => (isSent === true ? onCommented() : undefined))
          : undefined
      }
      isBusy={decision.isBusy}
      isSimple={isSimple}
      problem={
        decision.problem === undefined ? undefined : (
          <span className={classes.problem} role="alert">
            {decision.problem}
          </span>
        )
      }
      saved={<Saved saved={saved} />}
      more={
        <>
          {may.has('claim') ? (
            <Button look="quiet" isBusy={decision.isBusy} onClick={() => void decision.claim()} aria-keyshortcuts="c">
              {t('item.claim')} <KeyHint keys="c" />
            </Button>
          ) : null}
          {canMore ? (
            <Menu look="quiet" isIcon align="end" side="top" label={t('action.more')} button={<Icon name="more" />}>
              {may.has('delegate') ? (
                <MenuItem onSelect={onDelegate} end={<KeyHint keys="d" />}>
                  {t('item.delegate')}
                </MenuItem>
              ) : null}
              {may.has('step-back') && item.back.length > 0 ? (
                <MenuItem onSelect={onStepBack} end={<KeyHint keys="b" />}>
                  {t('item.stepBack')}
                </MenuItem>
              ) : null}
              {may.has('unclaim') ? (
                <MenuItem onSelect={() => void decision.unclaim()} end={<KeyHint keys="u" />}>
                  {t('item.unclaim')}
                </MenuItem>
              ) : null}
            </Menu>
          ) : null}
        </>
      }
    />
  )
}

const Saved = ({ saved }: { readonly saved: DraftSaved | undefined }) => {
  const { t } = useTranslation()
  const style = useTimeStyle()
  if (saved === undefined) return null
  if (saved.where === 'server') return t('draft.saved', { time: clockTime(saved.atMs, style) })
  return saved.where === 'device' ? t('draft.device') : t('draft.tab')
}
