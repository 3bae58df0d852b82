import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { runNpm } from './npm.mjs'
import { showProgress } from './progress.mjs'

/** Says for which package-lock.json and platform node_modules was filled. The launcher `millrace` compares its time with the lockfile's. */
const STAMP = 'node_modules/.millrace-install.json'

/**
 * Fills node_modules with `npm ci` unless it is what package-lock.json says. Takes a millisecond when nothing is to do.
 *
 * @param {{ readonly root: string, readonly cache: string, readonly node: string }} options
 * @returns {Promise<void>}
 */
export async function installPackages({ root, cache, node }) {
  const wanted = stampFor(root)
  if (isStamped(root, wanted)) return
  await withLock(join(cache, 'locks', `${sha256(root).slice(0, 16)}.lock`), async () => {
    if (isStamped(root, wanted)) return
    if (!holdsLockedPackages(root)) await install(root, node)
    writeFileSync(join(root, STAMP), wanted)
  })
}

/**
 * @param {string} root
 * @param {string} node
 */
async function install(root, node) {
  rmSync(join(root, STAMP), { force: true })
  // Development packages are what checks and tests run on, whatever NODE_ENV says.
  await showProgress('Installing the packages of package-lock.json (npm ci)', () =>
    runNpm(['ci', '--include=dev', '--include=optional', '--prefer-offline', '--ignore-scripts'], {
      node,
      cwd: root,
      what: 'the packages of package-lock.json',
    }),
  )
}

/** @param {string} root */
function stampFor(root) {
  // Some packages are native: a checkout that is mounted into a container of another platform needs others.
  return JSON.stringify({
    lockfile: sha256(readFileSync(join(root, 'package-lock.json'))),
    platform: `${process.platform}-${process.arch}`,
  })
}

/**
 * @param {string} root
 * @param {string} wanted
 */
function isStamped(root, wanted) {
  const file = join(root, STAMP)
  if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) return false
  touchIfOlder(file, join(root, 'package-lock.json'))
  return true
}

/**
 * Checking out another branch and back gives the lockfile a new time and the same content; the launcher only looks at the times.
 *
 * @param {string} file
 * @param {string} other
 */
function touchIfOlder(file, other) {
  if (statSync(file).mtimeMs > statSync(other).mtimeMs) return
  try {
    utimesSync(file, new Date(), new Date())
  } catch {
    // A read-only checkout: the launcher asks us again every time, which is slower and right.
  }
}

/**
 * Whether npm's own record of node_modules agrees with the lockfile. It does after `npm install PACKAGE`, which writes both; to run
 * `npm ci` then would empty node_modules under the feet of whoever works there.
 *
 * @param {string} root
 */
function holdsLockedPackages(root) {
  const record = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(record)) return false
  const locked = packagesOf(join(root, 'package-lock.json'))
  const held = packagesOf(record)
  return Object.entries(locked).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true
    const there = held[path]
    if (there === undefined) return entry.optional === true && !isForThisMachine(entry)
    return there.version === entry.version && there.integrity === entry.integrity && existsSync(join(root, path))
  })
}

/**
 * @typedef {{ readonly version?: string, readonly integrity?: string, readonly optional?: boolean, readonly os?: readonly string[], readonly cpu?: readonly string[], readonly libc?: readonly string[] }} LockEntry
 * @param {string} file
 * @returns {Readonly<Record<string, LockEntry>>}
 */
function packagesOf(file) {
  /** @type {{ packages?: Record<string, LockEntry> }} */
  const { packages = {} } = JSON.parse(readFileSync(file, 'utf8'))
  return packages
}

/**
 * Whether an optional package certainly belongs on this machine. The C library is not looked at: of two that differ in it one is missing.
 *
 * @param {LockEntry} entry
 */
function isForThisMachine({ os, cpu, libc }) {
  return libc === undefined && os?.includes(process.platform) === true && cpu?.includes(process.arch) === true
}

/** @param {string | Buffer} content */
function sha256(content) {
  return createHash('sha256').update(content).digest('hex')
}
