import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Button, type ButtonProps } from '../button/Button.tsx'
import classes from './Menu.module.css'

export interface MenuProps extends Pick<ButtonProps, 'look' | 'size' | 'isIcon' | 'icon'> {
  /** What the button says to screen readers, where it shows an icon. */
  readonly label?: string
  readonly button: ReactNode
  /** Which edge of the button the menu keeps to, and to which side it opens. */
  readonly align?: 'start' | 'end'
  readonly side?: 'bottom' | 'top'
  /** Above the entries: not to be chosen. */
  readonly head?: ReactNode
  readonly children: ReactNode
}

const GAP = 4

/**
 * A button with a menu: the platform's own popover (top layer, Escape, a press outside), and the keys of a menu (arrows, Home, End, first letters).
 * Small, for it stands on the first page; Mantine's brings 40 KB along.
 *
 * @example <Menu label="More" button={<Icon name="more" />} isIcon><MenuItem onSelect={delegate}>Delegate…</MenuItem></Menu>
 */
export const Menu = ({ label, button, align = 'start', side = 'bottom', head, children, ...look }: MenuProps) => {
  const id = useId()
  const trigger = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)

  const place = () => {
    const [box, menu] = [trigger.current?.getBoundingClientRect(), list.current]
    if (box === undefined || menu === null) return
    const { offsetWidth: width, offsetHeight: height } = menu
    const left = align === 'end' ? box.right - width : box.left
    const below = box.bottom + GAP
    const above = box.top - GAP - height
    const top = side === 'top' ? (above < GAP ? below : above) : below + height > innerHeight - GAP && above > GAP ? above : below
    menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`
    menu.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`
  }
  const items = (): readonly HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]:not(:disabled)') ?? [])]
  const focusAt = (at: number) => {
    const all = items()
    all[(at + all.length) % all.length]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to !== undefined) focusAt(to)
    else if (event.key === 'Tab') list.current?.hidePopover()
    else if (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      rest.find((item) => item.textContent.trim().toLocaleLowerCase().startsWith(event.key.toLocaleLowerCase()))?.focus()
    } else return
    // Keys of the page are off while a menu is open; Tab goes on by itself.
    event.stopPropagation()
    if (event.key !== 'Tab') event.preventDefault()
  }
  return (
    <>
      <Button
        {...look}
        ref={trigger}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          event.stopPropagation()
          list.current?.showPopover()
        }}
      >
        {button}
      </Button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={classes.menu}
        onToggle={(event) => {
          const willOpen = event.newState === 'open'
          setOpen(willOpen)
          if (!willOpen) return
          place()
          focusAt(0)
        }}
        onKeyDown={onKeyDown}
        onClick={() => list.current?.hidePopover()}
      >
        {head === undefined ? null : <div role="presentation">{head}</div>}
        {children}
      </div>
    </>
  )
}

export interface MenuItemProps {
  readonly onSelect: () => void
  readonly icon?: ReactNode
  /** At the end: the key that does the same. */
  readonly end?: ReactNode
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly children: ReactNode
}

export const MenuItem = ({ onSelect, icon, end, isDanger = false, isDisabled = false, children }: MenuItemProps) => (
  <button
    type="button"
    role="menuitem"
    tabIndex={-1}
    className={classes.item}
    data-danger={isDanger || undefined}
    disabled={isDisabled}
    // Pointing at an entry takes the focus, so that there are never two marked ones.
    onPointerMove={(event) => event.currentTarget.focus()}
    onClick={() => {
      // After the popover gave the focus back, so that what opens now may keep it.
      setTimeout(onSelect)
    }}
  >
    {icon}
    <span className={classes.text}>{children}</span>
    {end}
  </button>
)

export const MenuLine = () => <hr className={classes.line} />
