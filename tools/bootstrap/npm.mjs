import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { whileInterruptible } from './interrupt.mjs'
import { Problem } from './problem.mjs'

/** npm waits 10 s and then 60 s before it says that there is no network; somebody who watches should know sooner. */
const QUICK_RETRIES = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000']
const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
const DETAIL_LINES = 15

/**
 * Runs npm and waits for it. npm itself runs under `node`, so that it chooses releases for the Node that will use them: an npm on an older
 * Node silently picks older releases.
 *
 * @param {readonly string[]} args
 * @param {{ readonly node: string, readonly cwd: string, readonly what: string }} options `what` ends the sentence "Cannot install …"
 * @returns {Promise<void>}
 * @throws {Problem} NPM_MISSING, NO_NETWORK, NO_PERMISSION, DISK_FULL, LOCKFILE_STALE, NOT_IN_REGISTRY, NPM_FAILED
 */
export async function runNpm(args, { node, cwd, what }) {
  const [command, ...first] = npmCommand(node, process.env)
  const child = spawn(command, [...first, ...args, ...QUIET, ...QUICK_RETRIES], {
    cwd,
    env: environment(node, process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command.endsWith('.cmd'),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const code = await whileInterruptible(
    // Not asked but ended: what it writes is removed in the next moment.
    () => child.kill('SIGKILL'),
    () => ended.catch((cause) => Promise.reject(npmMissing(cause))),
  )
  if (code !== 0) throw explain(output, what)
}

/**
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, ...string[]]}
 */
function npmCommand(node, env) {
  const script = [env.npm_execpath, onPath(env)].find((file) => file !== undefined && /npm-cli\.c?js$/.test(file) && existsSync(file))
  if (script !== undefined) return [node, script]
  // Not the usual file, but a wrapper such as those of asdf or volta: it finds Node on PATH, where ours is first.
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

/** @param {NodeJS.ProcessEnv} env */
function onPath(env) {
  const found = (env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find((file) => existsSync(file))
  return found === undefined ? undefined : realpathSync(found)
}

/**
 * What npm inherits, without the settings of the `npm start` around us that would make it install less or elsewhere.
 *
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
function environment(node, env) {
  const kept = Object.entries(env).filter(
    ([name]) => !/^npm_config_(omit|include|production|only|global|prefix|location|workspace|workspaces|dry_run|package_lock)$/i.test(name),
  )
  return { ...Object.fromEntries(kept), PATH: `${dirname(node)}${delimiter}${env.PATH ?? ''}` }
}

/** @param {unknown} cause */
function npmMissing(cause) {
  return new Problem(
    'NPM_MISSING',
    'Cannot find npm. It comes with Node; install Node 20 or newer with npm 10 or newer, then repeat the command.',
    { cause },
  )
}

/** In order: the first that fits names the reason. `what` is the object of "Cannot install". */
const reasons = /** @type {const} */ ([
  [
    'NO_NETWORK',
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/,
    'the npm registry does not answer. Check the network and, behind a proxy, `npm config get proxy`, then repeat the command.',
  ],
  [
    'NO_NETWORK',
    /CERT_|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/,
    'the npm registry shows a certificate that Node does not trust. Set `npm config set cafile FILE`, then repeat the command.',
  ],
  ['DISK_FULL', /ENOSPC/, 'the disk is full. Make room, or set MILLRACE_CACHE to a folder on another disk, then repeat the command.'],
  [
    'NO_PERMISSION',
    /EACCES|EPERM|EROFS/,
    'a folder is not writable (named below). Make it yours, or set MILLRACE_CACHE to a folder that is, then repeat the command.',
  ],
  ['LOCKFILE_STALE', /code EUSAGE/, 'package.json and package-lock.json disagree. Run `npm install` and commit the lockfile.'],
  ['NOT_IN_REGISTRY', /code (E404|ETARGET|ENOVERSIONS)/, 'the npm registry in use does not have it. Check `npm config get registry`.'],
])

/**
 * @param {string} output
 * @param {string} what
 */
function explain(output, what) {
  const [code, , sentence] = reasons.find(([, pattern]) => pattern.test(output)) ?? [
    'NPM_FAILED',
    /./,
    'npm failed; what it said is below.',
  ]
  return new Problem(code, `Cannot install ${what}: ${sentence}`, { detail: essence(output) })
}

/**
 * npm repeats its error as a stack and as an object; the first lines say it.
 *
 * @param {string} output
 */
function essence(output) {
  const lines = output.trim().split('\n')
  const stack = lines.findIndex((line) => /^npm error +at /.test(line))
  return lines.slice(0, stack === -1 ? DETAIL_LINES : Math.min(stack, DETAIL_LINES)).join('\n')
}
