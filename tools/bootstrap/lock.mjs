import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { whileInterruptible } from './interrupt.mjs'

const LOOK_AGAIN_MS = 200
/** Creating the lock and writing the pid into it are two system calls; nobody needs longer for them. */
const WRITING_MS = 5_000

/**
 * Runs `work` while no other process on this machine holds the lock `file`. Two people, or `npm start` beside `npm test`, may both find
 * a fresh clone; the second waits and then sees that nothing is left to do, so `work` must look again before it works.
 *
 * The lock is a file with the pid of its holder. A holder that was killed leaves it behind; the next one takes it over.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  await claim(file)
  const release = () => rmSync(file, { force: true })
  try {
    return await whileInterruptible(release, work)
  } finally {
    release()
  }
}

/** @param {string} file */
async function claim(file) {
  let hasSaidSo = false
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    const holder = read(file)
    if (holder === undefined) continue
    if (!isAlive(holder)) {
      takeAway(file, holder)
      continue
    }
    if (!hasSaidSo) process.stderr.write(`Another process (pid ${holder.pid}) is installing the same; waiting for it …\n`)
    hasSaidSo = true
    await pause(LOOK_AGAIN_MS)
  }
}

/**
 * @typedef {{ readonly pid: number, readonly ageMs: number }} Holder
 * @param {string} file
 * @returns {Holder | undefined} undefined when the lock has just been released
 */
function read(file) {
  try {
    return { pid: Number(readFileSync(file, 'utf8')), ageMs: Date.now() - statSync(file).mtimeMs }
  } catch {
    return undefined
  }
}

/** @param {Holder} holder */
function isAlive({ pid, ageMs }) {
  // Empty: somebody is between creating the file and writing the pid, or was killed there.
  if (!(pid > 0)) return ageMs < WRITING_MS
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/**
 * Removes the lock of a dead holder. Two that wait may do this at once: only one rename succeeds, and if it took the lock that the other
 * has claimed meanwhile, it gives it back.
 *
 * @param {string} file
 * @param {Holder} dead
 */
function takeAway(file, dead) {
  const taken = `${file}.${process.pid}`
  try {
    renameSync(file, taken)
    if (read(taken)?.pid !== dead.pid) linkSync(taken, file)
  } catch {
    // Somebody else was faster; the next turn of claim sees what is true now.
  }
  rmSync(taken, { force: true })
}
