import { lazy, Suspense, useState } from 'react'
import { Button } from '../../parts/button/Button.tsx'
import { useModelWords } from './words.ts'

const NewModelDialog = lazy(async () => ({ default: (await import('./NewModelDialog.tsx')).NewModelDialog }))
const ImportDialog = lazy(async () => ({ default: (await import('./ImportDialog.tsx')).ImportDialog }))

/** How a model comes to be: written here, or brought from AEM. */
export const ModelActions = () => {
  const t = useModelWords()
  const [open, setOpen] = useState<'new' | 'import'>()
  const close = () => setOpen(undefined)
  return (
    <>
      <Button onClick={() => setOpen('import')}>{t('import')}</Button>
      <Button look="primary" onClick={() => setOpen('new')}>
        {t('new')}
      </Button>
      <Suspense fallback={null}>
        {open === 'new' ? <NewModelDialog onClose={close} /> : null}
        {open === 'import' ? <ImportDialog onClose={close} /> : null}
      </Suspense>
    </>
  )
}
