import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../parts/button/Button.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { overlay } from './overlays.ts'
import { PersonMenu } from './PersonMenu.tsx'
import classes from './TopBar.module.css'

const PhoneRail = lazy(async () => ({ default: (await import('./PhoneRail.tsx')).PhoneRail }))

/** Search, start, and the person. */
export const TopBar = () => {
  const { t } = useTranslation()
  const [isRailOpen, setRailOpen] = useState(false)
  return (
    <header className={classes.bar}>
      <span className={classes.phone}>
        <Button look="quiet" isIcon aria-label={t('frame.menu')} aria-expanded={isRailOpen} onClick={() => setRailOpen(true)}>
          <Icon name="menu" />
        </Button>
      </span>
      <button
        type="button"
        className={classes.search}
        onClick={() => overlay.set({ kind: 'palette' })}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <Icon name="search" size={14} />
        <span className={classes.searchWord}>{t('frame.search')}</span>
        <KeyHint keys="mod K" />
      </button>
      <span className={classes.space} />
      <Button
        size="small"
        icon={<Icon name="play" size={12} />}
        onClick={() => overlay.set({ kind: 'start' })}
        aria-label={t('frame.start')}
        aria-keyshortcuts="s"
      >
        <span className={classes.startWord}>{t('frame.start')}</span>
      </Button>
      <PersonMenu />
      {isRailOpen ? (
        <Suspense fallback={null}>
          <PhoneRail onClose={() => setRailOpen(false)} />
        </Suspense>
      ) : null}
    </header>
  )
}
