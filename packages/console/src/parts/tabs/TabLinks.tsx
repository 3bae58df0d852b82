import type { ReactNode } from 'react'
import classes from './TabLinks.module.css'

/** Views of one thing as links, the current one marked `aria-current="page"`: each has an address, so these are no ARIA tabs. */
export const TabLinks = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <nav aria-label={label} className={classes.tabs}>
    {children}
  </nav>
)
