import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkflows } from '../../data/queries/workflows.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { overlay } from '../frame/overlays.ts'
import { RAIL_ITEMS } from '../frame/rail-items.ts'
import { KEY_TABLE, type KeyAction, type KeyEntry } from '../keys/key-table.ts'
import { runKey, useActiveKeys } from '../keys/use-keys.ts'
import { rightsOf } from '../rights.ts'
import { addressOf, type Entry, GROUPS, pick, startable } from './entries.ts'
import classes from './Palette.module.css'

/** Actions that need the list or a number make no sense from here. */
const NOT_HERE: ReadonlySet<KeyAction> = new Set([
  'palette',
  'next',
  'previous',
  'open',
  'leave',
  'route',
  'confirm',
  'nextStep',
  'previousStep',
  'search',
  'select',
])
const MOST = 40

/** Ctrl-K: go anywhere, start anything, find anything by name or id, do what the page offers. */
export const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const id = useId()
  const { entries, isSearching } = useEntries(typed.trim())
  const shown = useMemo(() => pick(entries, typed.trim(), MOST), [entries, typed])
  const current = shown[Math.min(at, shown.length - 1)]

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])

  const run = (entry: Entry) => {
    onClose()
    // After the dialog gave the focus back, so that the action finds the page as it was.
    setTimeout(entry.run)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && shown.length > 0) {
      event.preventDefault()
      setAt((Math.min(at, shown.length - 1) + step + shown.length) % shown.length)
    } else if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault()
      run(current)
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="12vh"
      size={620}
      aria-label={t('palette.title')}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '' }}
    >
      <input
        className={classes.input}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={current === undefined ? undefined : `${id}-${current.id}`}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" aria-label={t('palette.title')} className={classes.list}>
        {GROUPS.map((group) => {
          const members = shown.filter((entry) => entry.group === group)
          if (members.length === 0) return null
          return (
            <li key={group} role="group" aria-label={t(`palette.${group}`)}>
              <div className={classes.heading} aria-hidden="true">
                {t(`palette.${group}`)}
              </div>
              <ul role="presentation">
                {members.map((entry) => (
                  <li
                    key={entry.id}
                    id={`${id}-${entry.id}`}
                    role="option"
                    aria-selected={entry === current}
                    className={classes.entry}
                    onMouseMove={() => setAt(shown.indexOf(entry))}
                    onClick={() => run(entry)}
                  >
                    <UserText className={classes.title}>{entry.title}</UserText>
                    {entry.detail === undefined ? null : <UserText className={classes.detail}>{entry.detail}</UserText>}
                    {entry.keys === undefined ? null : <KeyHint keys={entry.keys} />}
                  </li>
                ))}
              </ul>
            </li>
          )
        })}
      </ul>
      {shown.length === 0 ? (
        <p className={classes.none} role="status">
          {isSearching ? t('palette.searching') : t('palette.nothing', { typed })}
        </p>
      ) : null}
    </Modal>
  )
}

const useEntries = (typed: string): { readonly entries: readonly Entry[]; readonly isSearching: boolean } => {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { client } = useData()
  const rights = rightsOf(useMe())
  const active = useActiveKeys()
  const workflows = useWorkflows()
  const q = useDeferredValue(typed)
  const found = useQuery({
    queryKey: ['search', 'list', q],
    queryFn: ({ signal }) => client.search.find({ q, limit: 20 }, { signal }),
    enabled: q !== '',
    staleTime: 2_000,
    placeholderData: (before) => before,
  })
  const actions = (Object.entries(KEY_TABLE) as [KeyAction, KeyEntry][])
    .filter(([action]) => active.has(action) && !NOT_HERE.has(action) && !action.startsWith('go'))
    .map(
      ([action, entry]): Entry => ({
        id: `action-${action}`,
        group: 'actions',
        title: t(`keys.action.${action}`),
        keys: entry.keys[0],
        run: () => runKey(action),
      }),
    )
  const places = [
    ...RAIL_ITEMS.filter(({ isFor }) => isFor(rights)).map(
      (item): Entry => ({
        id: `place-${item.text}`,
        group: 'places',
        title: t(`rail.${item.text}`),
        keys: item.keys,
        run: () => void navigate({ to: item.to, params: { view: 'open' } }),
      }),
    ),
    { id: 'place-preferences', group: 'places' as const, title: t('frame.preferences'), run: () => void navigate({ to: '/preferences' }) },
    { id: 'place-tokens', group: 'places' as const, title: t('frame.tokens'), run: () => void navigate({ to: '/tokens' }) },
  ]
  const starts = startable(workflows ?? []).map(
    ({ id, title }): Entry => ({
      id: `start-${id}`,
      group: 'start',
      title: t('palette.startOf', { title }),
      detail: id,
      run: () => overlay.set({ kind: 'start', workflow: id }),
    }),
  )
  const hits = (typed === '' ? [] : (found.data?.items ?? [])).map(
    (hit): Entry => ({
      id: `found-${hit.noun}-${hit.id}`,
      group: 'found',
      title: hit.title,
      detail: [t(`noun.${hit.noun}`), hit.detail].filter(Boolean).join(' · '),
      run: () => void navigate({ href: addressOf(hit, rights) }),
    }),
  )
  return { entries: [...actions, ...hits, ...places, ...starts], isSearching: found.isFetching || q !== typed }
}
