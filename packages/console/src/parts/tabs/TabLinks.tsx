import { type ReactNode, useEffect, useRef } from 'react'
import classes from './TabLinks.module.css'

/** Views of one thing as links, the current one marked `aria-current="page"`: each has an address, so these are no ARIA tabs. */
export const TabLinks = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => {
  const row = useRef<HTMLElement>(null)
  // Where they do not fit, the current one is in view.
  useEffect(() => {
    row.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  return (
    <nav ref={row} aria-label={label} className={classes.tabs}>
      {children}
    </nav>
  )
}
