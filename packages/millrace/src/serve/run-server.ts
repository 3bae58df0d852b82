import { MillraceError } from '@millrace/protocol'
import { consoleBuild } from './console-build.ts'
import { exampleStarts } from './example-start.ts'
import { type Served, type ServeOptions, serve } from './serve.ts'

/** A second signal within this time is the same one, sent to the whole group (a terminal and npm both pass Ctrl-C on). */
const SAME_SIGNAL_MS = 1_000
/** Longest a clean stop may take before the process ends anyway; everything acknowledged is on disk by then. */
const STOP_LIMIT_MS = 10_000

/**
 * Serves until Ctrl-C or SIGTERM, writing for people: the address, how to sign in, what to type next.
 *
 * @returns the exit code.
 */
export const runServer = async (
  options: ServeOptions & { readonly command: string; readonly onReady?: (url: string) => void },
): Promise<number> => {
  let served: Served
  const failed = Promise.withResolvers<MillraceError>()
  try {
    const build = options.console ?? (await consoleBuild((line) => console.log(line)))
    served = await serve({
      ...options,
      ...(build === undefined ? {} : { console: build }),
      onProgress: (line) => console.log(`  ${line}`),
      onFailed: failed.resolve,
    })
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error
    console.error(`\nmillrace: ${error.message} (${error.code})`)
    return 1
  }
  console.log(greeting(served, options.command))
  options.onReady?.(served.url)
  const failure = await Promise.race([untilSignal(), failed.promise])
  if (failure !== undefined) {
    // Not closed: what a close would still write goes to a disk that nobody can trust.
    console.error(`\nmillrace: ${failure.message} (${failure.code})`)
    process.exit(1)
  }
  console.log('\nStopping: answering what was accepted …')
  const timer = setTimeout(() => process.exit(0), STOP_LIMIT_MS)
  await served.close()
  clearTimeout(timer)
  console.log('Stopped.')
  return 0
}

const untilSignal = (): Promise<undefined> =>
  new Promise((resolve) => {
    let firstAtMs: number | undefined
    const onSignal = (): void => {
      const nowMs = Date.now()
      if (firstAtMs === undefined) {
        firstAtMs = nowMs
        resolve(undefined)
      } else if (nowMs - firstAtMs > SAME_SIGNAL_MS) process.exit(130)
    }
    process.on('SIGINT', onSignal)
    process.on('SIGTERM', onSignal)
  })

const greeting = ({ url, administrator, synced, project, profile }: Served, command: string): string => {
  const lines = ['', `Millrace is ready: ${url}`, '']
  if (administrator !== undefined) {
    lines.push(
      `  Sign in as   ${administrator.user}`,
      `  Password     ${administrator.password}   (shown once; change it with "${command} user password ${administrator.user}")`,
      '',
    )
  }
  lines.push(`  Project      ${project.folder}`)
  for (const file of synced) {
    const warnings = file.problems.filter((problem) => problem.severity === 'warning').length
    const note = warnings === 0 ? '' : ` (${warnings} ${warnings === 1 ? 'warning' : 'warnings'}: ${command} check)`
    lines.push(file.error === undefined ? `    ${file.workflow}, version ${file.version}${note}` : `    ${file.file}: ${file.error}`)
  }
  lines.push(
    `  API          ${url}/api`,
    '',
    `The CLI on this machine is signed in (${profile.path}).`,
    ...elsewhere(url, profile.others),
    'Try in another terminal:',
    ...[...exampleStarts(synced), 'inbox'].map((line) => `  ${command} ${line}`),
    '',
    'Ctrl-C stops it.',
  )
  return lines.join('\n')
}

/** With several servers the CLI talks to the one that was started last, which may surprise whoever started the first. */
const elsewhere = (url: string, others: readonly string[]): readonly string[] =>
  others.length === 0 ? [] : [`Other servers run here too (${others.join(', ')}): it takes this one, or the one that MILLRACE_URL names.`]
