import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5

/**
 * Whether any process of this machine has the database open, in whatever container: a connection in WAL mode keeps a shared lock for as long as it lives, and the
 * kernel drops it with the process. Asked by trying to get the file for oneself alone, which changes nothing that is
 * committed.
 */
export const isOpenAnywhere = (path: string): boolean => {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return false
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('pragma locking_mode = exclusive; begin exclusive; rollback')
    return false
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return true
    // A damaged file is nobody's; opening it says what is wrong with it.
    return false
  } finally {
    db.close()
  }
}
