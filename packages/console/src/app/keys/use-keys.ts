import { useEffect, useRef, useSyncExternalStore } from 'react'
import { KEY_TABLE, type KeyAction, type KeyEntry, matchPress, nameOfPress, SEQUENCE_MS } from './key-table.ts'

/** Returns false to let another listener, or the browser, have the key. */
export type KeyHandler = (key: string) => boolean | void

export type KeyHandlers = { readonly [A in KeyAction]?: KeyHandler | undefined }

interface Listener {
  handlers: KeyHandlers
}

/** Innermost last: what was mounted last is asked first. */
let listeners: readonly Listener[] = []
const watchers = new Set<() => void>()
let areSingleKeysOn = true
let before: { readonly press: string; readonly atMs: number } | undefined

const changeListeners = (after: readonly Listener[]): void => {
  listeners = after
  for (const watcher of watchers) watcher()
}

/** Preference of the person: single keys can be switched off (WCAG 2.1.4). */
export const setSingleKeys = (isOn: boolean): void => {
  areSingleKeysOn = isOn
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [role=combobox], [role=textbox]'))

const onKeyDown = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.isComposing) return
  const press = nameOfPress(event)
  if (press === undefined) return
  const first = before !== undefined && event.timeStamp - before.atMs < SEQUENCE_MS ? before.press : undefined
  before = undefined
  const { matched, isFirst } = matchPress(press, first)
  const typing = isTyping(event.target)
  // A button or link under focus keeps its own Enter.
  const ownsEnter = press === 'Enter' && event.target instanceof HTMLElement && event.target.matches('a, button, [role=button], summary')
  for (const { action, key } of matched) {
    const entry: KeyEntry = KEY_TABLE[action]
    if (entry.isAlways !== true && (typing || !areSingleKeysOn || ownsEnter)) continue
    // In a modal dialog only its own keys act.
    const scope =
      document.querySelector('[role=dialog][aria-modal=true]') === null
        ? listeners
        : listeners.filter(({ handlers }) => modal.has(handlers))
    for (const listener of scope.toReversed()) {
      const handler = listener.handlers[action]
      if (handler === undefined || handler(key) === false) continue
      event.preventDefault()
      return
    }
  }
  if (isFirst && !typing && areSingleKeysOn) before = { press, atMs: event.timeStamp }
}

const modal = new WeakSet<KeyHandlers>()

/** Listens to keys while mounted. The newest listener of an action has it first. */
export const useKeys = (handlers: KeyHandlers, options: { readonly isModal?: boolean } = {}): void => {
  const listener = useRef<Listener>({ handlers })
  const { isModal = false } = options
  useEffect(() => {
    listener.current.handlers = handlers
    if (isModal) modal.add(handlers)
  })
  useEffect(() => {
    const mine = listener.current
    if (listeners.length === 0) document.addEventListener('keydown', onKeyDown)
    changeListeners([...listeners, mine])
    return () => {
      changeListeners(listeners.filter((each) => each !== mine))
      if (listeners.length === 0) document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

/** Actions somebody listens to just now: for the help and the palette. */
export const useActiveKeys = (): ReadonlySet<KeyAction> => {
  const current = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => listeners,
  )
  return new Set(
    current.flatMap(({ handlers }) => (Object.keys(handlers) as KeyAction[]).filter((action) => handlers[action] !== undefined)),
  )
}

/** Does what a key would do; for the palette. */
export const runKey = (action: KeyAction): void => {
  for (const listener of listeners.toReversed()) {
    const handler = listener.handlers[action]
    if (handler !== undefined && handler(KEY_TABLE[action].keys[0]) !== false) return
  }
}
