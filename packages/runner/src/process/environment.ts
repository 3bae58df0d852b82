/** What a process of ours needs from the environment; nothing else is passed on, since it may be secret. */
const NEEDED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'NODE_COMPILE_CACHE', 'LD_LIBRARY_PATH'] as const

/** Environment of the process for workflow code: one time zone and one language on every machine, since formatting depends on both. */
export const workflowEnvironment = (): { readonly [name: string]: string | undefined } => ({
  ...Object.fromEntries(NEEDED.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined)),
  TZ: 'UTC',
  LANG: 'en_US.UTF-8',
  LC_ALL: 'en_US.UTF-8',
})
