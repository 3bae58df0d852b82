import type { ReactNode } from 'react'
import { usePageTitle } from '../../app/page-title.ts'
import classes from './Page.module.css'

export interface PageProps {
  readonly title: string
  /** Beside the title. */
  readonly actions?: ReactNode
  /** Under the title: a sentence, tabs, filters. */
  readonly head?: ReactNode
  /** The page scrolls inside itself (lists); otherwise it grows and the frame scrolls. */
  readonly isFilled?: boolean
  readonly children: ReactNode
}

/** A page with a title. */
export const Page = ({ title, actions, head, isFilled = false, children }: PageProps) => {
  usePageTitle(title)
  return (
    <div className={classes.page} data-filled={isFilled || undefined}>
      <header className={classes.header}>
        <div className={classes.line}>
          <h1 className={classes.title}>{title}</h1>
          <div className={classes.actions}>{actions}</div>
        </div>
        {head}
      </header>
      <div className={classes.body}>{children}</div>
    </div>
  )
}

/** A titled part of a page. */
export const Section = ({
  title,
  action,
  children,
}: {
  readonly title: ReactNode
  readonly action?: ReactNode
  readonly children: ReactNode
}) => (
  <section className={classes.section}>
    <div className={classes.sectionLine}>
      <h2 className={classes.sectionTitle}>{title}</h2>
      {action}
    </div>
    {children}
  </section>
)
