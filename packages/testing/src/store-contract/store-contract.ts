/** What every adapter of the `Store` port must do. */
import { describe } from 'vitest'
import { describeBatches } from './batches.ts'
import { describeDefinitions } from './definitions.ts'
import { describeFeed } from './feed.ts'
import type { OpenHarness } from './harness.ts'
import { describeInbox } from './inbox.ts'
import { describeIncidentGroups } from './incident-groups.ts'
import { describeInstances } from './instances.ts'
import { describeList } from './list.ts'
import { describeMaintenance } from './maintenance.ts'
import { describeMetrics } from './metrics.ts'
import { describePeople } from './people.ts'
import { describeRebuild } from './rebuild.ts'
import { describeSeen } from './seen.ts'
import { describeTroubles } from './troubles.ts'
import { describeWaiting } from './waiting.ts'

/**
 * Describes the contract as tests of vitest.
 *
 * @param open opens an empty store; each test opens one of its own
 *
 * @example
 * describeStore('SQLite', async () => openInFolder(await mkdtemp('store-')))
 */
export const describeStore = (adapter: string, open: OpenHarness): void => {
  describe(`the Store contract: ${adapter}`, () => {
    describeInstances(open)
    describeWaiting(open)
    describeList(open)
    describeInbox(open)
    describeFeed(open)
    describeDefinitions(open)
    describePeople(open)
    describeSeen(open)
    describeIncidentGroups(open)
    describeBatches(open)
    describeTroubles(open)
    describeMetrics(open)
    describeMaintenance(open)
    describeRebuild(open)
  })
}
