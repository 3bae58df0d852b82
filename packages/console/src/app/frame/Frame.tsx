import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useCell } from '../../data/cell.ts'
import { useData } from '../../data/use-data.ts'
import { Toasts } from '../../parts/toast/Toasts.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { useApplyPreferences } from '../preferences/use-apply-preferences.ts'
import { rightsOf } from '../rights.ts'
import { ConnectionBar } from './ConnectionBar.tsx'
import classes from './Frame.module.css'
import { NoRightPage } from './NoRightPage.tsx'
import { overlay } from './overlays.ts'
import { Rail } from './Rail.tsx'
import { placeOf } from './rail-items.ts'
import { ServerAway } from './ServerAway.tsx'
import { TopBar } from './TopBar.tsx'

const Overlays = lazy(async () => ({ default: (await import('./Overlays.tsx')).Overlays }))
const SignInLayer = lazy(async () => ({ default: (await import('../../screens/session/SignInLayer.tsx')).SignInLayer }))

/** Rail, bar and page, and what may lie over them. Shown only to somebody. */
export const Frame = () => {
  const session = useCell(useData().session)
  if (session.status === 'loading') return <ServerAway />
  if (session.status === 'signed-out') return null
  return <FrameOfSomebody isExpired={session.status === 'expired'} roles={session.me.roles} />
}

const FrameOfSomebody = ({
  isExpired,
  roles,
}: {
  readonly isExpired: boolean
  readonly roles: Parameters<typeof rightsOf>[0]['roles']
}) => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const opened = useCell(overlay)
  const rights = rightsOf({ roles })
  const place = placeOf(useLocation({ select: ({ pathname }) => pathname }))
  useApplyPreferences()
  // A page left by a link must not keep the palette of the last one.
  useEffect(() => () => overlay.set(undefined), [])
  useKeys({
    palette: () => overlay.set({ kind: 'palette' }),
    help: () => overlay.set({ kind: 'help' }),
    startWorkflow: () => overlay.set({ kind: 'start' }),
    goHome: () => void navigate({ to: '/' }),
    goInbox: () => void navigate({ to: '/inbox/$view', params: { view: 'open' } }),
    goInstances: () => void navigate({ to: '/instances' }),
    goWorkflows: () => void navigate({ to: '/workflows' }),
    goOperate: rights.operates ? () => void navigate({ to: '/operate' }) : undefined,
  })
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#page">
        {t('frame.skip')}
      </a>
      <Rail />
      <div className={classes.column}>
        <TopBar />
        <ConnectionBar />
        <main id="page" className={classes.page} tabIndex={-1}>
          {place === undefined || place.isFor(rights) ? <Outlet /> : <NoRightPage place={place} />}
        </main>
      </div>
      <Toasts />
      {opened === undefined ? null : (
        <Suspense fallback={null}>
          <Overlays />
        </Suspense>
      )}
      {isExpired ? (
        <Suspense fallback={null}>
          <SignInLayer />
        </Suspense>
      ) : null}
    </div>
  )
}
