import { Link } from '@tanstack/react-router'
import classes from './Brand.module.css'

/** The name, and two lines of the race beside it. */
export const Brand = () => (
  <Link to="/" className={classes.brand ?? ''} aria-label="Millrace">
    <BrandMark />
    <span className={classes.name}>Millrace</span>
  </Link>
)

export const BrandMark = ({ size = 20 }: { readonly size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className={classes.mark}>
    <rect width="32" height="32" rx="4" fill="currentColor" />
    <path
      d="M5 11c4 0 4 4 8 4s4-4 8-4 4 4 6 4M5 19c4 0 4 4 8 4s4-4 8-4 4 4 6 4"
      fill="none"
      stroke="var(--mr-on-accent)"
      strokeWidth="2.6"
      strokeLinecap="round"
    />
  </svg>
)
