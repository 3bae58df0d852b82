import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { isatty } from 'node:tty'

/** Reading the parent's pid is one system call; half a second is as fast as a person looks whether the port is free. */
const LOOK_AT_PARENT_MS = 500

/**
 * Runs a file under `node` in the foreground and ends as it ends: same exit code, same signal.
 *
 * @param {readonly string[]} argv the file, relative to `root`, and its arguments
 * @param {{ readonly node: string, readonly root: string, readonly cache: string }} options
 * @returns {Promise<number>} exit code; above 128 when a signal ended it, as in a shell
 */
export function runCommand(argv, { node, root, cache }) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...argv], {
    cwd: root,
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: join(cache, 'compile'), ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  })
  const stopForwarding = forwardSignals(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      stopForwarding()
      resolve(code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)])
    })
  })
}

/**
 * Hands signals on to the child, and keeps this process until the child has ended. Ctrl-C in a terminal already goes to every process
 * of the group, so there SIGINT is only waited out: a second one would tell the child to hurry.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  const isInTerminal = [0, 1, 2].some(isatty)
  /** @type {[NodeJS.Signals, () => void][]} */
  const handlers = [
    ['SIGINT', () => isInTerminal || child.kill('SIGINT')],
    ['SIGTERM', () => child.kill('SIGTERM')],
    ['SIGHUP', () => child.kill('SIGHUP')],
  ]
  for (const [signal, handler] of handlers) process.on(signal, handler)
  const stopWatching = whenParentEnds(() => child.kill('SIGTERM'))
  return () => {
    stopWatching()
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}

/**
 * Between npm and this process stands a shell. A SIGTERM for npm reaches the shell, which ends without telling anybody, and a server
 * would run on and keep its port. All that is seen from here is that the parent becomes another one.
 *
 * @param {() => void} react
 * @returns {() => void} ends the watch
 */
function whenParentEnds(react) {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    react()
  }, LOOK_AT_PARENT_MS)
  return () => clearInterval(timer)
}
