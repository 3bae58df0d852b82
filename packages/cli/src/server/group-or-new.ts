import type { Client } from '@millrace/client'
import { MillraceError } from '@millrace/protocol/error'

/** A group as it is, or an empty one of that name. */
export async function groupOrNew(client: Client, name: string): Promise<{ readonly title?: string; readonly members: readonly string[] }> {
  try {
    return await client.groups.get(name)
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'NOT_FOUND') return { members: [] }
    throw error
  }
}
