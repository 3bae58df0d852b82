import { type ReactNode, useState } from 'react'
import { Button } from '../button/Button.tsx'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { Field } from '../field/Field.tsx'
import { Dialog } from './Dialog.tsx'
import classes from './dialog-form.module.css'

const Opener = ({ word, children }: { readonly word: string; readonly children: ReactNode }) => {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{word}</Button>
      {isOpen ? (
        <Dialog
          title="Start “Publish a page”"
          onClose={close}
          actions={
            <>
              <Button onClick={close}>Cancel</Button>
              <Button look="primary" onClick={close}>
                Start
              </Button>
            </>
          }
        >
          {children}
        </Dialog>
      ) : null}
    </>
  )
}

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'dialog: short; long, whose buttons stay in view',
    show: () => (
      <>
        <Opener word="Short">
          <div className={classes.form}>
            <Field label="Path" required data-autofocus />
          </div>
        </Opener>{' '}
        <Opener word="Long">
          <p>{'A sentence that goes on. '.repeat(400)}</p>
        </Opener>
      </>
    ),
  },
]
