import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonLook } from '../button/Button.tsx'
import { Icon } from '../icon/Icon.tsx'
import { KeyHint } from '../key-hint/KeyHint.tsx'
import { UserText } from '../user-text/UserText.tsx'
import classes from './RouteBar.module.css'

export interface BarRoute {
  readonly name: string
  readonly label: string
  readonly style?: 'primary' | 'danger' | undefined
  /** The key that arms it, shown on the button. */
  readonly keyHint?: string | undefined
  /** What follows it: "then Bo reviews", "ends here". */
  readonly consequence?: ReactNode
  readonly needsComment?: boolean | undefined
}

export interface RouteBarProps {
  readonly routes: readonly BarRoute[]
  /** The route that Enter would take. */
  readonly armed: string | undefined
  readonly onArm: (route: string | undefined) => void
  readonly onConfirm: (route: string) => void
  readonly comment: string
  readonly onComment: (text: string) => void
  /** Sends the comment alone; absent where that is not allowed. */
  readonly onSendComment?: (() => void) | undefined
  readonly isBusy: boolean
  /** What is wrong with the decision, above the buttons. */
  readonly problem?: ReactNode
  /** Where the draft is: "Saved 14:02". */
  readonly saved?: ReactNode
  /** The menu with what else can be done. */
  readonly more?: ReactNode
  /** A route that leads on at once when pressed with a mouse; others open the bar first. */
  readonly isSimple: (route: string) => boolean
}

/**
 * The bar at the bottom of a work item: comment, routes, and the line that says what follows the focused one. A key arms a route and Enter takes it;
 * a finger arms first, for it cannot hover to read what follows.
 */
export const RouteBar = (props: RouteBarProps) => {
  const { routes, armed, onArm, onConfirm, comment, onComment, onSendComment, isBusy, isSimple } = props
  const { t } = useTranslation()
  const [hovered, setHovered] = useState<string>()
  const bar = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const pressedBy = useRef('')
  const armedRoute = routes.find(({ name }) => name === armed)
  const shown = routes.find(({ name }) => name === (hovered ?? armed))
  const lacksComment = armedRoute?.needsComment === true && comment.trim() === ''

  useEffect(() => {
    if (armedRoute === undefined) return
    if (lacksComment) field.current?.focus()
    else bar.current?.querySelector<HTMLElement>(`[data-route="${CSS.escape(armedRoute.name)}"]`)?.focus()
    // Only when another route is armed: typing a comment must not lose the field.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [armedRoute?.name])

  const press = (route: BarRoute) => {
    if (armed === route.name) return lacksComment ? field.current?.focus() : onConfirm(route.name)
    if (pressedBy.current === 'mouse' && isSimple(route.name)) return onConfirm(route.name)
    onArm(route.name)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || armed === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onArm(undefined)
  }
  return (
    <div
      ref={bar}
      className={classes.bar}
      role="group"
      aria-label={t('bar.title')}
      onKeyDown={onKeyDown}
      data-armed={armed === undefined ? undefined : true}
    >
      <div className={classes.line}>
        <div className={classes.consequence} aria-live="polite">
          {props.problem ??
            (shown === undefined ? null : (
              <>
                <strong>
                  <UserText>{shown.label}</UserText>
                </strong>
                {shown.consequence === undefined ? null : <>: {shown.consequence}</>}
                {shown.name === armed && lacksComment ? <span className={classes.needs}> {t('bar.needsComment')}</span> : null}
              </>
            ))}
        </div>
        <div className={classes.saved}>{props.saved}</div>
      </div>
      <div className={classes.controls}>
        <div className={classes.comment}>
          <textarea
            ref={field}
            id="item-comment"
            rows={1}
            className={classes.input}
            aria-label={t('bar.comment')}
            placeholder={t('bar.comment')}
            maxLength={20_000}
            required={armedRoute?.needsComment === true}
            value={comment}
            onChange={(event) => onComment(event.currentTarget.value)}
          />
          {onSendComment !== undefined && comment.trim() !== '' && armed === undefined ? (
            <Button look="quiet" size="small" onClick={onSendComment}>
              {t('bar.send')}
            </Button>
          ) : null}
        </div>
        <div className={classes.routes}>
          {routes.map((route) => (
            <Button
              key={route.name}
              data-route={route.name}
              look={lookOf(route, armed)}
              aria-pressed={route.name === armed}
              aria-keyshortcuts={route.keyHint}
              isBusy={isBusy && (armed === undefined || armed === route.name)}
              onPointerDown={(event: PointerEvent) => {
                pressedBy.current = event.pointerType
              }}
              onKeyDown={() => {
                pressedBy.current = 'key'
              }}
              onPointerEnter={(event: PointerEvent) => event.pointerType === 'mouse' && setHovered(route.name)}
              onPointerLeave={() => setHovered(undefined)}
              onFocus={() => setHovered(route.name)}
              onBlur={() => setHovered(undefined)}
              onClick={() => press(route)}
            >
              {route.name === armed ? `${t('bar.confirm')} ` : null}
              <UserText>{route.label}</UserText>
              {route.name === armed ? <KeyHint keys="Enter" /> : route.keyHint === undefined ? null : <KeyHint keys={route.keyHint} />}
            </Button>
          ))}
          {armed === undefined ? null : (
            <Button look="quiet" isIcon aria-label={t('action.cancel')} onClick={() => onArm(undefined)}>
              <Icon name="close" />
            </Button>
          )}
          {armed === undefined ? <div className={classes.more}>{props.more}</div> : null}
        </div>
      </div>
    </div>
  )
}

/** The first route is filled only if the model marks it primary; while one is armed, only that one stands out. */
const lookOf = ({ name, style }: BarRoute, armed: string | undefined): NonNullable<ButtonLook['look']> => {
  if (name === armed) return style === 'danger' ? 'danger' : 'primary'
  return armed !== undefined && style === 'primary' ? 'default' : (style ?? 'default')
}
