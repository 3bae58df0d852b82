/**
 * Everything between a bare clone and the first running process. Plain JavaScript without packages, for Node 20 or newer:
 *
 *     node tools/bootstrap/main.mjs COMMAND [ARGUMENTS]   what package.json calls; COMMAND is one of commands.mjs
 *     node tools/bootstrap/main.mjs run FILE [ARGUMENTS]  any other file under the right Node
 *     node tools/bootstrap/main.mjs prepare               only the set-up; prints the path of Node (the launcher `millrace` asks for it)
 *
 * 1. A Node new enough: this one, one in the cache, or one installed there from npm (table: node-packages.json).
 * 2. node_modules as package-lock.json says.
 * 3. The command, under that Node.
 *
 * When 1 and 2 are in place this costs one start of Node and a hash of the lockfile: what installs is only imported when needed.
 */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache-folder.mjs'
import { commands } from './commands.mjs'
import { findNode } from './find-node.mjs'
import { installPackages } from './install-packages.mjs'
import { Problem } from './problem.mjs'
import { runCommand } from './run-command.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @param {readonly string[]} argv */
async function main([name = '', ...args]) {
  const steps = name === 'run' ? [args] : name === 'prepare' ? [] : commands[name]?.map((step) => [...step, ...args])
  if (steps === undefined)
    throw new Problem('UNKNOWN_COMMAND', `Unknown command "${name}". Known: ${[...Object.keys(commands), 'run', 'prepare'].join(', ')}.`)
  const cache = cacheFolder(process.env)
  const node = findNode(nodeTable(), cache, process) ?? (await installed(cache))
  await installPackages({ root, cache, node })
  if (name === 'prepare') process.stdout.write(`${node}\n`)
  for (const step of steps) {
    const code = await runCommand(step, { node, root, cache })
    if (code !== 0) return code
  }
  return 0
}

function nodeTable() {
  /** @type {import('./find-node.mjs').NodeTable} */
  const table = JSON.parse(readFileSync(new URL('node-packages.json', import.meta.url), 'utf8'))
  return table
}

/** @param {string} cache */
async function installed(cache) {
  const { installNode } = await import('./install-node.mjs')
  return installNode(nodeTable(), cache)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const { code, message, detail } = asProblem(error)
  process.stderr.write(`\n${code}: ${message}\n`)
  if (detail) process.stderr.write(`\n${detail.replace(/^/gm, '  ')}\n`)
  process.exitCode = 1
}

/**
 * @param {unknown} error
 * @returns {Problem}
 */
function asProblem(error) {
  if (error instanceof Problem) return error
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error)
  if (code === undefined || path === undefined) throw error
  return new Problem(
    code,
    `Cannot write ${path}. Make it writable for you (for the cache, MILLRACE_CACHE may name another folder), then repeat the command.`,
  )
}
