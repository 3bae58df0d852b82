import { type FSWatcher, watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Tells of files that change below a folder, by path; folders made later are watched too, `node_modules` and those that begin with a dot are not.
 *
 * Every folder is watched by itself: on Linux Node's recursive watch holds on to single files, and hears nothing more of one that an editor has
 * replaced (vim, `sed -i` and most others save that way).
 */
export const watchFolder = async (folder: string, onChange: (path: string) => void): Promise<{ close(): void }> => {
  const watchers = new Map<string, FSWatcher>()
  let isClosed = false

  const forget = (path: string): void => {
    watchers.get(path)?.close()
    watchers.delete(path)
  }

  /** @param isNew its files came with it, and nobody was told of them */
  const add = async (path: string, isNew: boolean): Promise<void> => {
    if (!(await stat(path)).isDirectory() || isClosed) return
    // One of this name may be there already: a folder that was replaced is another one.
    forget(path)
    const watcher = watch(path, (_event, name) => {
      if (name === null || isHidden(name)) return
      const changed = join(path, name)
      onChange(changed)
      add(changed, true).catch(() => forget(changed))
    })
    watchers.set(path, watcher)
    watcher.on('error', () => forget(path))
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (isHidden(entry.name)) continue
      const inside = join(path, entry.name)
      if (entry.isDirectory()) await add(inside, isNew)
      else if (isNew) onChange(inside)
    }
  }

  await add(folder, false)
  return {
    close: () => {
      isClosed = true
      for (const path of watchers.keys()) forget(path)
    },
  }
}

const isHidden = (name: string): boolean => name.startsWith('.') || name === 'node_modules'
