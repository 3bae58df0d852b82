import { MillraceError } from '@millrace/protocol'
import type { BackupFolder } from '../backup-folder.ts'
import type { ServerContext } from '../context.ts'
import type { HandlersOf } from '../http/handler.ts'

export const backupHandlers = ({ backups, store }: ServerContext): HandlersOf<'backups'> => ({
  list: async () => ({ items: await requireFolder(backups).list(), asOf: await store.queries.position() }),
  create: () => requireFolder(backups).create(),
})

const requireFolder = (backups: BackupFolder | undefined): BackupFolder => {
  if (backups === undefined) throw new MillraceError('NOT_FOUND', 'This server keeps no backups: it was started without a folder for them.')
  return backups
}
