import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import { lazy, Suspense } from 'react'
import { useCell } from '../../data/cell.ts'
import { KeyHelp } from '../keys/KeyHelp.tsx'
import { Palette } from '../palette/Palette.tsx'
import { closeOverlay, overlay } from './overlays.ts'

const StartDialog = lazy(async () => ({ default: (await import('../../screens/instance/start/StartDialog.tsx')).StartDialog }))
const PasswordDialog = lazy(async () => ({ default: (await import('../../screens/me/PasswordDialog.tsx')).PasswordDialog }))

/** What lies over the page just now. */
export const Overlays = () => {
  const opened = useCell(overlay)
  switch (opened?.kind) {
    case 'palette':
      return <Palette onClose={closeOverlay} />
    case 'help':
      return <KeyHelp onClose={closeOverlay} />
    case 'start':
      return (
        <Suspense fallback={null}>
          <StartDialog workflow={opened.workflow} onClose={closeOverlay} />
        </Suspense>
      )
    case 'password':
      return (
        <Suspense fallback={null}>
          <PasswordDialog onClose={closeOverlay} />
        </Suspense>
      )
    case undefined:
      return null
  }
}
