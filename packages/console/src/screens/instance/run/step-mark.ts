import type { OpenStep } from '@millrace/protocol'
import { markOfStep } from '../../../parts/graph/live.ts'
import type { Mark } from '../../../parts/status-mark/mark.ts'
import type { StepRecord } from './steps-of.ts'

/** The shape of a step: how it ended, or what it waits for. */
export const markOfRecord = (record: StepRecord, open: OpenStep | undefined, isSuspended: boolean): Mark => {
  switch (record.end) {
    case 'closed':
      return 'completed'
    case 'failed':
      return 'failed'
    case 'skipped':
    case 'withdrawn':
      return 'aborted'
    default:
      if (isSuspended) return 'suspended'
      return open === undefined ? markOfStep({ waits: record.waits }) : markOfStep(open)
  }
}
