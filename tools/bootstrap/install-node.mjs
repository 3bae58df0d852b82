import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { binaryOf, folderOf, isExecutable } from './find-node.mjs'
import { whileInterruptible } from './interrupt.mjs'
import { withLock } from './lock.mjs'
import { runNpm } from './npm.mjs'
import { Problem } from './problem.mjs'
import { showProgress } from './progress.mjs'

/**
 * Installs the Node of the table for this platform into the cache and returns its binary. Nothing outside the cache is touched, and a
 * folder that is there is whole: npm works in a folder beside it, which gets its name by one rename after its Node has answered.
 *
 * @param {import('./find-node.mjs').NodeTable} table
 * @param {string} cache
 * @returns {Promise<string>} absolute path of the binary
 * @throws {Problem} NODE_TOO_OLD where the table has nothing for this machine, NODE_BROKEN, and those of runNpm
 */
export async function installNode(table, cache) {
  const chosen = packageForThisMachine(table)
  const folder = folderOf(chosen, cache)
  const binary = binaryOf(chosen, folder)
  return withLock(`${folder}.lock`, async () => {
    if (isExecutable(binary)) return binary
    const title = `Installing Node ${chosen.version} (once, ${table.megabytes} MB; this machine has ${process.versions.node}) in ${folder}`
    await showProgress(title, () => installInto(folder, chosen))
    return binary
  })
}

/**
 * @param {string} folder
 * @param {import('./find-node.mjs').NodePackage} chosen
 */
async function installInto(folder, chosen) {
  // We hold the lock: what is there was left by an installation that was killed.
  for (const name of readdirSync(dirname(folder))) if (name.startsWith(`${basename(folder)}.part-`)) remove(join(dirname(folder), name))
  const temporary = mkdtempSync(`${folder}.part-`)
  try {
    await whileInterruptible(
      () => remove(temporary),
      async () => {
        // Its own package.json, or npm would look for one further up and install there.
        writeFileSync(join(temporary, 'package.json'), '{ "private": true }\n')
        await runNpm(
          ['install', '--prefix', temporary, '--no-save', '--no-package-lock', '--ignore-scripts', `${chosen.name}@${chosen.version}`],
          {
            node: process.execPath,
            cwd: temporary,
            what: `Node ${chosen.version}`,
          },
        )
        checkAnswers(binaryOf(chosen, temporary), chosen.version)
        remove(folder)
        renameSync(temporary, folder)
      },
    )
  } finally {
    remove(temporary)
  }
}

/** Alpine and its like: the packages of the table are linked against the GNU C library. */
function isMusl() {
  if (process.platform !== 'linux') return false
  const { header } = /** @type {{ header: object }} */ (process.report.getReport())
  return !('glibcVersionRuntime' in header)
}

/** @param {string} folder */
function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** @param {import('./find-node.mjs').NodeTable} table */
function packageForThisMachine(table) {
  const platform = `${process.platform}-${process.arch}`
  const chosen = table.packages[platform]
  if (chosen !== undefined && !isMusl()) return chosen
  throw new Problem(
    'NODE_TOO_OLD',
    `Millrace needs Node ${table.minimum} or newer; this is Node ${process.versions.node}, and there is no package to install for ${platform}${isMusl() ? ' with musl' : ''}. ` +
      'Install one (https://nodejs.org/en/download, or the package manager of your system), put it first on PATH, then repeat the command.',
  )
}

/**
 * @param {string} binary
 * @param {string} version
 */
function checkAnswers(binary, version) {
  let answer
  try {
    answer = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim()
  } catch (cause) {
    answer = String(cause)
  }
  if (answer === `v${version}`) return
  throw new Problem(
    'NODE_BROKEN',
    `Node ${version} was installed but does not run on this machine. Install Node ${version} or newer yourself, put it first on PATH, then repeat the command.`,
    {
      detail: answer,
    },
  )
}
