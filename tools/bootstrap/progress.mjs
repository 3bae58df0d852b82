/** A terminal sees the clock move every second; a log file gets one line at the start, one every ten seconds and one at the end. */
const SECOND_MS = 1_000
const LOG_EVERY_MS = 10_000

/**
 * Says what is being done while `work` runs, on stderr, so that stdout stays with the program that is started afterwards.
 *
 * @template T
 * @param {string} title a participle phrase without a dot: `Installing Node 24.21.0 (once, 50 MB)`
 * @param {() => Promise<T>} work
 * @param {{ readonly isTTY?: boolean, write(text: string): unknown }} [out]
 * @returns {Promise<T>}
 */
export async function showProgress(title, work, out = process.stderr) {
  const startedAt = Date.now()
  const elapsed = () => `${Math.max(1, Math.round((Date.now() - startedAt) / SECOND_MS))} s`
  const live = out.isTTY === true
  out.write(`${title} …${live ? '' : '\n'}`)
  const clock = setInterval(
    () => out.write(live ? `\r\x1b[K${title} … ${elapsed()}` : `  still at it after ${elapsed()}\n`),
    live ? SECOND_MS : LOG_EVERY_MS,
  )
  try {
    const result = await work()
    out.write(live ? `\r\x1b[K${title}: done in ${elapsed()}\n` : `  done in ${elapsed()}\n`)
    return result
  } catch (error) {
    if (live) out.write('\n')
    throw error
  } finally {
    clearInterval(clock)
  }
}
