import classes from './Icon.module.css'

/** Line icons in a box of 16, all of one pen: decoration beside a word, never instead of one without a label. */
const PATHS = {
  home: 'M2.5 7.5L8 2.5l5.5 5M4 6.5v7h3v-4h2v4h3v-7',
  inbox: 'M2 9.5l1.8-6h8.4l1.8 6v4H2zM2 9.5h3.6l.9 1.8h3l.9-1.8H14',
  instances: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h11M5 2v3M9 6.5v3M6 11v3',
  operate: 'M1.5 8.5h3l1.8-5 3 9.5 2-6.5.8 2h2.4',
  workflows: 'M2 2.5h4.5v3.5H2zM9.5 10H14v3.5H9.5zM4.2 6v5.8h5.3M9.5 2.5H14v3.5H9.5zM6.5 4.2h3',
  incident: 'M8 1.8L14.2 8 8 14.2 1.8 8zM8 5v3.6M8 10.4v.6',
  lock: 'M3.5 7.5h9v6h-9zM5.3 7.5V5.2a2.7 2.7 0 015.4 0v2.3',
  doctor: 'M8 13.6C4.2 11 1.9 8.8 1.9 6.1A3 3 0 018 4.6a3 3 0 016.1 1.5c0 2.7-2.3 4.9-6.1 7.5zM4 7.6h2l1.1-2 1.6 3.6 1-1.6h2',
  users:
    'M6 7.5a2.3 2.3 0 100-4.6 2.3 2.3 0 000 4.6zM1.8 13.4c.3-2.6 1.9-4 4.2-4s3.9 1.4 4.2 4M10.6 3.2a2.2 2.2 0 010 4.1M12 9.8c1.3.5 2 1.7 2.2 3.4',
  group:
    'M8 6.6a2 2 0 100-4 2 2 0 000 4zM3.6 13.6a1.9 1.9 0 100-3.8 1.9 1.9 0 000 3.8zM12.4 13.6a1.9 1.9 0 100-3.8 1.9 1.9 0 000 3.8zM8 6.6v2M8 8.6l-3 1.6M8 8.6l3 1.6',
  key: 'M5.2 13a2.9 2.9 0 100-5.8 2.9 2.9 0 000 5.8zM7.3 8l6.2-5.3M11 4.8l1.8 2M9 6.6l1.3 1.5',
  settings:
    'M2 4.5h6M11.5 4.5H14M2 11.5h2.5M8 11.5h6M9.8 6.2a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4zM6.2 13.2a1.7 1.7 0 100-3.4 1.7 1.7 0 000 3.4z',
  search: 'M7 11.8a4.8 4.8 0 100-9.6 4.8 4.8 0 000 9.6zM10.5 10.5L14 14',
  add: 'M8 3v10M3 8h10',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  check: 'M2.8 8.4l3.4 3.5 7-7.6',
  down: 'M4 6.2l4 4 4-4',
  right: 'M6.2 4l4 4-4 4',
  left: 'M9.8 4l-4 4 4 4',
  more: 'M3.2 8h.1M8 8h.1M12.8 8h.1',
  person: 'M8 8a2.8 2.8 0 100-5.6A2.8 2.8 0 008 8zM2.8 13.8c.4-2.9 2.3-4.4 5.2-4.4s4.8 1.5 5.2 4.4',
  sun: 'M8 10.8a2.8 2.8 0 100-5.6 2.8 2.8 0 000 5.6zM8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1',
  moon: 'M13.6 9.6A6 6 0 016.4 2.4a6 6 0 107.2 7.2z',
  keyboard: 'M1.5 4h13v8.5h-13zM4 6.8h.1M6.7 6.8h.1M9.4 6.8h.1M12 6.8h.1M4.6 9.8h6.8',
  out: 'M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3',
  comment: 'M2 3h12v8H7.5L4.5 13.8V11H2z',
  play: 'M4 2.8v10.4L13 8z',
  filter: 'M2 3.5h12M4.5 8h7M6.8 12.5h2.4',
  sort: 'M5 3v10M2.5 10.5L5 13l2.5-2.5M11 13V3M8.5 5.5L11 3l2.5 2.5',
  link: 'M6.8 9.2l2.4-2.4M7.4 4.6l1.8-1.8a2.8 2.8 0 014 4l-1.8 1.8M8.6 11.4l-1.8 1.8a2.8 2.8 0 01-4-4l1.8-1.8',
  warning: 'M8 2l6.5 11.5h-13zM8 6.2v3.6M8 11.4v.4',
  external: 'M9 2.5h4.5V7M13.5 2.5L7.5 8.5M11.5 9.5v4h-9v-9h4',
  edit: 'M10.5 2.8l2.7 2.7-7.6 7.6-3.2.6.6-3.2zM8.8 4.5l2.7 2.7',
  trash: 'M2.8 4.2h10.4M6 4.2V2.5h4v1.7M4 4.2l.7 9.3h6.6l.7-9.3M6.6 6.8l.2 4.2M9.4 6.8L9.2 11',
  queue: 'M2.5 3.5h11v2h-11zM2.5 7h8v2h-8zM2.5 10.5h5v2h-5z',
  history: 'M2.6 5.2A6 6 0 118 14a6 6 0 01-5.7-4M2.4 2.4v3h3M8 4.8V8l2.2 1.5',
} as const

export type IconName = keyof typeof PATHS

export const ICON_NAMES = Object.keys(PATHS) as readonly IconName[]

export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg viewBox="0 0 16 16" width={size} height={size} className={classes.icon} aria-hidden="true" data-icon={name}>
    <path d={PATHS[name]} />
  </svg>
)
