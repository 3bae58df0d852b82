import type { IconName } from '../../parts/icon/Icon.tsx'
import type { Rights } from '../rights.ts'

export interface RailItem {
  readonly to: '/' | '/inbox/$view' | '/instances' | '/workflows' | '/operate' | '/incidents' | '/locks' | '/doctor' | '/users' | '/groups'
  readonly text: 'home' | 'inbox' | 'instances' | 'workflows' | 'operate' | 'incidents' | 'locks' | 'doctor' | 'users' | 'groups'
  readonly icon: IconName
  readonly keys?: string
  readonly group: 'work' | 'operate' | 'administer'
  readonly isFor: (rights: Rights) => boolean
}

const everybody = () => true

/** The place that an address belongs to. */
export const placeOf = (path: string): RailItem | undefined =>
  RAIL_ITEMS.find(({ to }) => path === to || (to !== '/' && path.startsWith(`${to}/`)))

/** The places of the console, by what a person may do. */
export const RAIL_ITEMS: readonly RailItem[] = [
  { to: '/', text: 'home', icon: 'home', keys: 'g h', group: 'work', isFor: everybody },
  { to: '/inbox/$view', text: 'inbox', icon: 'inbox', keys: 'g i', group: 'work', isFor: everybody },
  { to: '/instances', text: 'instances', icon: 'instances', keys: 'g n', group: 'work', isFor: everybody },
  { to: '/workflows', text: 'workflows', icon: 'workflows', keys: 'g w', group: 'work', isFor: everybody },
  { to: '/operate', text: 'operate', icon: 'operate', keys: 'g o', group: 'operate', isFor: ({ operates }) => operates },
  { to: '/incidents', text: 'incidents', icon: 'incident', group: 'operate', isFor: ({ operates }) => operates },
  { to: '/locks', text: 'locks', icon: 'lock', group: 'operate', isFor: ({ operates }) => operates },
  { to: '/doctor', text: 'doctor', icon: 'doctor', group: 'operate', isFor: ({ operates }) => operates },
  { to: '/users', text: 'users', icon: 'users', group: 'administer', isFor: ({ administers }) => administers },
  { to: '/groups', text: 'groups', icon: 'group', group: 'administer', isFor: ({ administers }) => administers },
]
