import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ readonly name: string, readonly version: string, readonly bin: string }} NodePackage an npm package that contains one Node binary
 * @typedef {{ readonly minimum: string, readonly megabytes: number, readonly packages: Readonly<Record<string, NodePackage>> }} NodeTable
 */

/**
 * The Node to run Millrace with, if this machine has one: the Node that runs this script, else the one in the cache.
 *
 * @param {NodeTable} table
 * @param {string} cache the cache folder
 * @param {{ readonly version: string, readonly execPath: string, readonly platform: string, readonly arch: string }} own usually `process`
 * @returns {string | undefined} absolute path of the binary
 */
export function findNode(table, cache, own) {
  if (isAtLeast(own.version, table.minimum)) return own.execPath
  const chosen = table.packages[`${own.platform}-${own.arch}`]
  if (chosen === undefined) return undefined
  const binary = binaryOf(chosen, folderOf(chosen, cache))
  return isExecutable(binary) ? binary : undefined
}

/**
 * @param {NodePackage} chosen
 * @param {string} cache
 */
export function folderOf(chosen, cache) {
  return join(cache, 'node', `${chosen.name}-${chosen.version}`)
}

/**
 * @param {NodePackage} chosen
 * @param {string} folder where npm installed the package
 */
export function binaryOf(chosen, folder) {
  return join(folder, 'node_modules', chosen.name, chosen.bin)
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * @param {string} version like `v24.21.0` or `24.21.0`
 * @param {string} minimum like `24.16.0`
 */
function isAtLeast(version, minimum) {
  const numbers = version.replace(/^v/, '').split('.').map(Number)
  // The last number of a prerelease is NaN here, which is never greater: refused.
  for (const [index, least] of minimum.split('.').map(Number).entries()) {
    const number = numbers[index] ?? 0
    if (number !== least) return number > least
  }
  return true
}
