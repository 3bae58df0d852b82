/** What a process of ours needs from the environment; nothing else is passed on, since it may be secret. */
const NEEDED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'NODE_COMPILE_CACHE', 'LD_LIBRARY_PATH'] as const

/** Environment of the process for workflow code: one time zone and one language on every machine, since formatting depends on both. */
export const workflowEnvironment = (): { readonly [name: string]: string | undefined } => ({
  ...Object.fromEntries(NEEDED.map((name) => [name, process.env[name]] as const)),
  TZ: 'UTC',
  LANG: 'en_US.UTF-8',
  LC_ALL: 'en_US.UTF-8',
})

/** Names of the host's own settings: they may hold its secrets and are no business of tasks. */
const OWN = /^MILLRACE_/

/** Environment of the process for tasks: the host's, since tasks reach what authors configured there, without the host's own settings. */
export const taskEnvironment = (): { readonly [name: string]: string | undefined } =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.test(name)))
