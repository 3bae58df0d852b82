import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Drawer.layer.css'
import { Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './PhoneRail.module.css'
import { RailLinks } from './Rail.tsx'

/** The rail on a phone. */
export const PhoneRail = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  return (
    <Drawer
      opened
      onClose={onClose}
      size={280}
      title="Millrace"
      closeButtonProps={{ 'aria-label': t('action.close') }}
      classNames={{ content: classes.content ?? '', header: classes.header ?? '', title: classes.title ?? '' }}
    >
      <nav aria-label={t('frame.places')}>
        <RailLinks onFollow={onClose} />
      </nav>
    </Drawer>
  )
}
