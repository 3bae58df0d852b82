import type { Host, Store } from '@millrace/protocol'
import type { Access } from './access/access.ts'
import type { BackupFolder } from './backup-folder.ts'
import type { Feed } from './events/feed.ts'

/** What every route works with. */
export interface ServerContext {
  readonly host: Host
  readonly store: Store
  readonly access: Access
  readonly feed: Feed
  /** Absent: the server keeps no backups. */
  readonly backups: BackupFolder | undefined
  /** Everything stored carries one; this server serves one. */
  readonly workspace: string
  readonly now: () => number
}
