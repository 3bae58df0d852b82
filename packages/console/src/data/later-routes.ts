/**
 * Calls that a client may not have yet: the console uses them where they are and leaves the feature out where not. Each goes when the route table has it.
 */
import type { Client } from '@millrace/client'

interface LaterRoutes {
  readonly workItems: {
    /** Marks the item as seen by the person. */
    readonly seen?: (id: string) => Promise<unknown>
  }
}

export const laterRoutes = (client: Client): LaterRoutes => client as LaterRoutes
