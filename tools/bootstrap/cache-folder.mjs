import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * The folder outside the checkout that keeps what all checkouts share: Node itself, compiled code, locks.
 * `MILLRACE_CACHE`, else `millrace` under `XDG_CACHE_HOME`, else `~/.cache/millrace`. The launcher `millrace` computes the same path.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string} absolute path; the folder need not exist yet
 */
export function cacheFolder(env) {
  if (env.MILLRACE_CACHE) return resolve(env.MILLRACE_CACHE)
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'millrace')
}
