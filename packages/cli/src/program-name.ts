import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * How the program is typed: in a checkout it is not on the path of the shell, so the launcher at its root is named.
 *
 * @param cwd the folder it is typed in, where that is known: at the root of the checkout `./millrace` will do
 */
export const programName = (cwd?: string): string => {
  if (!import.meta.url.endsWith('.ts')) return 'millrace'
  const launcher = fileURLToPath(new URL('../../../millrace', import.meta.url))
  return dirname(launcher) === cwd ? './millrace' : launcher
}
