import { fileURLToPath } from 'node:url'

/** How the program is typed in a folder: in a checkout it is not on the path of the shell, so the launcher at its root is named. */
export const programName = (): string =>
  import.meta.url.endsWith('.ts') ? fileURLToPath(new URL('../../../millrace', import.meta.url)) : 'millrace'
