import type { Instance } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../data/use-data.ts'
import { places, Sentence } from '../../i18n/sentence.tsx'
import { Button, buttonClass } from '../../parts/button/Button.tsx'
import { CopyId } from '../../parts/copy-id/CopyId.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { Menu, MenuItem } from '../../parts/menu/Menu.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { markOf } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { ClampedText } from '../../parts/user-text/ClampedText.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { WhyLine } from '../../parts/why-line/WhyLine.tsx'
import { type Action, type MainAction, mainAction } from './action/actions.ts'
import classes from './InstanceHead.module.css'
import { useLengthText } from './use-length-text.ts'

export interface InstanceHeadProps {
  readonly instance: Instance
  readonly actions: readonly Action[]
  readonly operates: boolean
  readonly onAction: (action: Action, step?: number) => void
  /** Tabs. */
  readonly children: ReactNode
}

/** Two lines that stay in view: what it is, and why it stands as it does with the one action that moves it. */
export const InstanceHead = ({ instance, actions, operates, onAction, children }: InstanceHeadProps) => {
  const { t } = useTranslation()
  const me = useMe()
  const main = mainAction(instance, actions, operates)
  const others = actions.filter((action) => main?.kind !== 'do' || action !== main.action)
  return (
    <header className={classes.head}>
      <div className={classes.first}>
        <StatusMark mark={markOf(instance)} word={t(`status.${instance.status}`)} size={16} />
        <ClampedText as="h1" id="instance" lines={2} className={classes.title}>
          {instance.title}
        </ClampedText>
        <span className={classes.meta}>
          <UserText>{instance.workflow}</UserText> v{instance.version}
          {instance.run > 1 ? <> · {t('instance.run', { run: instance.run })}</> : null}
        </span>
        <CopyId id={instance.id} />
        <span className={classes.meta}>
          <Sentence
            text={t(instance.initiator === me.user ? 'instance.startedByYou' : 'instance.started', places('who', 'time'))}
            parts={{ who: <PersonName principal={instance.initiator} />, time: <Time ms={instance.createdAtMs} /> }}
          />
        </span>
      </div>
      <div className={classes.second}>
        <p className={classes.why}>
          {instance.why === undefined ? <Ended instance={instance} /> : <WhyLine why={instance.why} instance={instance.id} />}
        </p>
        <div className={classes.actions}>
          {main === undefined ? null : <MainButton main={main} instance={instance} onAction={onAction} />}
          {others.length === 0 ? null : (
            <Menu
              align="end"
              icon={<Icon name="more" />}
              label={t('instance.actions')}
              button={<span className={classes.word}>{t('instance.actions')}</span>}
            >
              {others.map((action) => (
                <MenuItem key={action} onSelect={() => onAction(action)}>
                  {t(`command.menu.${action}`)}
                </MenuItem>
              ))}
            </Menu>
          )}
        </div>
      </div>
      {children}
    </header>
  )
}

/** How it ended, in a sentence. */
const Ended = ({ instance }: { readonly instance: Instance }) => {
  const { t } = useTranslation()
  const lengthText = useLengthText()
  const { status, error, reason, endedAtMs, startedAtMs, createdAtMs } = instance
  const parts = {
    time: endedAtMs === undefined ? null : <Time ms={endedAtMs} />,
    span: endedAtMs === undefined ? null : lengthText(endedAtMs - (startedAtMs ?? createdAtMs)),
    message: <UserText most={240}>{error?.message ?? ''}</UserText>,
    code: <code>{error?.code ?? ''}</code>,
    reason: <UserText most={240}>{reason ?? ''}</UserText>,
  }
  const given = places('time', 'span', 'message', 'code', 'reason')
  if (endedAtMs === undefined) return t(`status.${status}`)
  if (status === 'FAILED' && error !== undefined) return <Sentence text={t('instance.ended.FAILED', given)} parts={parts} />
  if (status === 'ABORTED')
    return <Sentence text={t(reason === undefined ? 'instance.ended.ABORTED' : 'instance.ended.ABORTED_REASON', given)} parts={parts} />
  return <Sentence text={t('instance.ended.COMPLETED', given)} parts={parts} />
}

const MainButton = ({
  main,
  instance,
  onAction,
}: {
  readonly main: MainAction
  readonly instance: Instance
  readonly onAction: InstanceHeadProps['onAction']
}) => {
  const { t } = useTranslation()
  const look = buttonClass({ look: 'primary' })
  if (main.kind === 'do')
    return (
      <Button look="primary" onClick={() => onAction(main.action, main.step)}>
        {t(`command.menu.${main.action}`)}
      </Button>
    )
  switch (main.noun) {
    case 'work-item':
      return (
        <Link to="/work-items/$id" params={{ id: main.id }} className={look}>
          {t('instance.open.work-item')}
        </Link>
      )
    case 'instance':
      return (
        <Link to="/instances/$id" params={{ id: main.id }} className={look}>
          {t('instance.open.instance')}
        </Link>
      )
    case 'lock': {
      const name = instance.why?.params.lock
      return (
        <Link to="/locks" search={typeof name === 'string' ? { name } : {}} className={look}>
          {t('instance.open.lock')}
        </Link>
      )
    }
    case 'doctor':
      return (
        <Link to="/doctor" className={look}>
          {t('instance.open.doctor')}
        </Link>
      )
  }
}
