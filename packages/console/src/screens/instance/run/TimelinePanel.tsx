import type { Instance } from '@millrace/protocol'

export interface TimelinePanelProps {
  readonly instance: Instance
  readonly selected: number | undefined
  readonly onSelect: (step: number) => void
  readonly isAlone: boolean
}
export const TimelinePanel = (_: TimelinePanelProps) => null
