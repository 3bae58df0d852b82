import classes from './KeyHint.module.css'

/**
 * The key that does the same, beside what it does. Hidden on touch, and from screen readers, which hear `aria-keyshortcuts` of the control.
 *
 * @example <KeyHint keys="g i" />
 */
export const KeyHint = ({ keys }: { readonly keys: string }) => (
  <span className={classes.root} aria-hidden="true">
    {keys.split(' ').map((key, at) => (
      <kbd key={at} className={classes.key}>
        {KEY_NAMES[key] ?? key}
      </kbd>
    ))}
  </span>
)

const isApple = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform)

const KEY_NAMES: { readonly [key: string]: string } = {
  mod: isApple ? '⌘' : 'Ctrl',
  Enter: '↵',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
}
