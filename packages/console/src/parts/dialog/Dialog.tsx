import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Dialog.module.css'

export interface DialogProps {
  readonly title: ReactNode
  /** Absent: it cannot be left without an answer. */
  readonly onClose?: (() => void) | undefined
  readonly children: ReactNode
  /** Buttons, the main one last. */
  readonly actions?: ReactNode
  /** CSS width; 480 px unless said. */
  readonly size?: number
}

/** A question over the page: focus stays inside, Escape leaves, and on a phone it fills the screen. */
export const Dialog = ({ title, onClose, children, actions, size = 480 }: DialogProps) => {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose ?? (() => {})}
      withCloseButton={onClose !== undefined}
      closeOnEscape={onClose !== undefined}
      closeOnClickOutside={onClose !== undefined}
      size={size}
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      classNames={{
        content: classes.content ?? '',
        header: classes.header ?? '',
        title: classes.title ?? '',
        body: classes.body ?? '',
        inner: classes.inner ?? '',
      }}
    >
      <div className={classes.main}>{children}</div>
      {actions === undefined ? null : <div className={classes.actions}>{actions}</div>}
    </Modal>
  )
}
