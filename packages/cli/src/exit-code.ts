/**
 * Exit codes of every command; scripts depend on them, so none ever changes its meaning.
 *
 * 0 done · 1 refused or failed: the line on stderr says why · 2 wrong usage: nothing was sent · 3 not signed in, or not allowed to ·
 * 4 the server did not answer · 130 ended by Ctrl-C
 */
export const EXIT = { ok: 0, failed: 1, usage: 2, signIn: 3, unreachable: 4, interrupted: 130 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Exit code for an error's stable code. */
export const exitCodeOf = (code: string): ExitCode => {
  if (code === 'UNREACHABLE' || code === 'HOST_STOPPING') return EXIT.unreachable
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return EXIT.signIn
  return code === 'USAGE' ? EXIT.usage : EXIT.failed
}
