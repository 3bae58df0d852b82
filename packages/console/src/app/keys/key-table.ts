/**
 * Every key of the console, once: it feeds the keys themselves, the help behind `?`, the palette and the hints on buttons (CONSOLE rule 5).
 * A key acts on what is focused, by its id, never on a position.
 */
export interface KeyEntry {
  /** Keys one after the other, as `KeyboardEvent.key` names them; `mod+k` is Ctrl, on a Mac ⌘. */
  readonly keys: readonly string[]
  readonly group: 'everywhere' | 'list' | 'item' | 'page'
  /** Acts in inputs too, and when single keys are switched off: only keys with a modifier, and Escape. */
  readonly isAlways?: true
}

export const KEY_TABLE = {
  palette: { keys: ['mod+k'], group: 'everywhere', isAlways: true },
  help: { keys: ['?'], group: 'everywhere' },
  goHome: { keys: ['g h'], group: 'everywhere' },
  goInbox: { keys: ['g i'], group: 'everywhere' },
  goInstances: { keys: ['g n'], group: 'everywhere' },
  goWorkflows: { keys: ['g w'], group: 'everywhere' },
  goOperate: { keys: ['g o'], group: 'everywhere' },
  startWorkflow: { keys: ['s'], group: 'everywhere' },

  next: { keys: ['j', 'ArrowDown'], group: 'list' },
  previous: { keys: ['k', 'ArrowUp'], group: 'list' },
  open: { keys: ['o', 'Enter'], group: 'list' },
  select: { keys: ['x'], group: 'list' },
  selectAll: { keys: ['Shift+X'], group: 'list' },
  search: { keys: ['/'], group: 'list' },
  showNew: { keys: ['.'], group: 'list' },
  leave: { keys: ['Escape'], group: 'list', isAlways: true },

  route: { keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], group: 'item' },
  approve: { keys: ['a'], group: 'item' },
  reject: { keys: ['r'], group: 'item' },
  confirm: { keys: ['mod+Enter'], group: 'item', isAlways: true },
  claim: { keys: ['c'], group: 'item' },
  unclaim: { keys: ['u'], group: 'item' },
  delegate: { keys: ['d'], group: 'item' },
  stepBack: { keys: ['b'], group: 'item' },
  comment: { keys: ['m'], group: 'item' },
  openInstance: { keys: ['i'], group: 'item' },

  nextStep: { keys: ['n'], group: 'page' },
  previousStep: { keys: ['p'], group: 'page' },
} as const satisfies { readonly [action: string]: KeyEntry }

export type KeyAction = keyof typeof KEY_TABLE

/** What a pressed key is called here. Shifted letters say so, for `X` alone would depend on Caps Lock. */
export const nameOfPress = (event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | undefined => {
  if (event.altKey) return undefined
  if (event.ctrlKey || event.metaKey) return `mod+${event.key.length === 1 ? event.key.toLowerCase() : event.key}`
  if (event.shiftKey && /^[a-z]$/i.test(event.key)) return `Shift+${event.key.toUpperCase()}`
  return /^[A-Z]$/.test(event.key) ? event.key.toLowerCase() : event.key
}

/** How long the second key of `g i` may take. */
export const SEQUENCE_MS = 1_200

export interface Matched {
  readonly action: KeyAction
  /** Which of the entry's keys it was: for `route`, the number. */
  readonly key: string
}

/**
 * The actions a press means, given the key pressed just before; and whether it may be the first of two. Several actions may share a key in different
 * places: the first that somebody listens to gets it.
 */
export const matchPress = (
  press: string,
  before: string | undefined,
): { readonly matched: readonly Matched[]; readonly isFirst: boolean } => {
  const matched: Matched[] = []
  let isFirst = false
  for (const [action, entry] of Object.entries(KEY_TABLE) as [KeyAction, KeyEntry][]) {
    for (const key of entry.keys) {
      if (key === press || (before !== undefined && key === `${before} ${press}`)) matched.push({ action, key })
      else if (key.startsWith(`${press} `)) isFirst = true
    }
  }
  // `g i` is not also `i`.
  const sequences = matched.filter(({ key }) => key.includes(' '))
  return { matched: sequences.length > 0 ? sequences : matched, isFirst }
}
