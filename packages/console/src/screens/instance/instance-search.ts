import { textIn } from '../../app/search.ts'

export const INSTANCE_TABS = ['run', 'data', 'history', 'lineage'] as const
export type InstanceTab = (typeof INSTANCE_TABS)[number]

export const STEP_PARTS = ['output', 'input', 'attempts', 'log', 'item'] as const
export type StepPart = (typeof STEP_PARTS)[number]

/** What of an instance is looked at; a link says all of it. */
export interface InstanceSearch {
  /** Absent: run. */
  readonly tab?: InstanceTab
  readonly step?: number
  readonly part?: StepPart
  /** Window of the timeline, in milliseconds since 1970. */
  readonly from?: number
  readonly to?: number
}

export const readInstanceSearch = (search: { readonly [name: string]: unknown }): InstanceSearch => {
  const found = textIn(search, 'tab', 'step', 'part', 'from', 'to')
  const tab = INSTANCE_TABS.find((each) => each === found.tab)
  const part = STEP_PARTS.find((each) => each === found.part)
  const step = whole(found.step)
  const [from, to] = [whole(found.from), whole(found.to)]
  return {
    ...(tab === undefined || tab === 'run' ? {} : { tab }),
    ...(step === undefined ? {} : { step }),
    ...(part === undefined ? {} : { part }),
    ...(from === undefined || to === undefined || from >= to ? {} : { from, to }),
  }
}

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined
