import { randomTicks } from '@millrace/testing/store-contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contextOf } from './context.ts'
import { eventsOf, tellsOfIncidents } from './feed.ts'
import { incidentChanges } from './incident.ts'
import { lockChange } from './lock.ts'
import { isPlain } from './plain.ts'
import { stepRow } from './step.ts'
import { timerChanges } from './timer.ts'
import { touchedSteps } from './touched.ts'
import { workItemRow } from './work-item.ts'

test('a plain change has nothing to write beside facts and the row of its instance, and is one event', () => {
  let plain = 0
  fc.assert(
    fc.property(randomTicks(), (ticks) => {
      for (const change of ticks.flatMap(({ changes }) => changes)) {
        const steps = touchedSteps(change)
        if (!isPlain(change, steps)) continue
        plain++
        const { after, facts } = change
        expect(steps.map((step) => workItemRow(step, facts))).toEqual(steps.map(() => undefined))
        expect(steps.flatMap(({ before, after: now }) => [stepRow(before), stepRow(now)])).toEqual(
          steps.flatMap(() => [undefined, undefined]),
        )
        expect(timerChanges(change, steps)).toEqual({ drop: [], put: [] })
        expect(incidentChanges(change, steps)).toEqual({ drop: [], put: [] })
        expect(lockChange(change)).toEqual({ kind: 'none' })
        if (tellsOfIncidents(facts)) continue
        const row = {
          id: after.id,
          workspace: after.workspace,
          locks: after.locks,
          version: after.facts,
          facts,
          context: contextOf(change),
        }
        expect(eventsOf(row)).toHaveLength(1)
      }
    }),
  )
  expect(plain).toBeGreaterThan(100)
})
