import { Button } from '../button/Button.tsx'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { toast } from './toasts.ts'

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'toast: at the edge of the page, three at most',
    show: () => (
      <>
        <Button onClick={() => toast('Publish: Review /content/home')}>Say it is done</Button>{' '}
        <Button onClick={() => toast('The server does not answer. What you typed is kept.', 'error')}>Say it failed</Button>
      </>
    ),
  },
]
