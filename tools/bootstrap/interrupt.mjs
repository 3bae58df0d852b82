/** What to undo when the reader presses Ctrl-C or the process is asked to end in the middle of an installation, newest first. */
/** @type {(() => void)[]} */
const cleanups = []

/**
 * Runs `work`; if SIGINT, SIGTERM or SIGHUP arrives meanwhile, runs `cleanup` and lets the signal end this process as it would have.
 * `cleanup` is not called when `work` returns or throws: that is the caller's own `finally`.
 *
 * @template T
 * @param {() => void} cleanup synchronous: the process ends right after it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function whileInterruptible(cleanup, work) {
  if (cleanups.length === 0) for (const signal of signals) process.on(signal, undoAndEnd)
  cleanups.push(cleanup)
  try {
    return await work()
  } finally {
    cleanups.splice(cleanups.indexOf(cleanup), 1)
    if (cleanups.length === 0) for (const signal of signals) process.off(signal, undoAndEnd)
  }
}

/** @type {readonly NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** @param {NodeJS.Signals} signal */
function undoAndEnd(signal) {
  for (const cleanup of cleanups.toReversed()) {
    try {
      cleanup()
    } catch {
      // The rest must be undone all the same; the next start removes what is left.
    }
  }
  for (const one of signals) process.removeAllListeners(one)
  process.kill(process.pid, signal)
}
