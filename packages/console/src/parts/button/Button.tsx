import type { ComponentPropsWithRef, ReactNode } from 'react'
import classes from './Button.module.css'

export interface ButtonLook {
  /** `primary`: the one action of the place, filled. `danger`: outlined red. `quiet`: no border until touched. */
  readonly look?: 'primary' | 'default' | 'danger' | 'quiet'
  readonly size?: 'default' | 'small'
  /** Only an icon: square, needs `aria-label`. */
  readonly isIcon?: boolean
}

export type ButtonProps = ButtonLook & ComponentPropsWithRef<'button'> & { readonly isBusy?: boolean; readonly icon?: ReactNode }

/** Class of a button, for links that look like one. */
export const buttonClass = ({ look = 'default', size = 'default', isIcon = false }: ButtonLook): string =>
  [classes.button, classes[look], size === 'small' ? classes.small : '', isIcon ? classes.icon : ''].join(' ')

/** A native button in our look. While busy it keeps its width and focus, and takes no second press. */
export const Button = ({
  look,
  size,
  isIcon,
  isBusy = false,
  icon,
  children,
  type = 'button',
  onClick,
  className,
  ...rest
}: ButtonProps) => (
  <button
    type={type}
    className={`${buttonClass({ ...(look && { look }), ...(size && { size }), ...(isIcon && { isIcon }) })} ${className ?? ''}`}
    aria-busy={isBusy || undefined}
    aria-disabled={isBusy || undefined}
    onClick={isBusy ? (event) => event.preventDefault() : onClick}
    {...rest}
  >
    {icon}
    {children}
  </button>
)
