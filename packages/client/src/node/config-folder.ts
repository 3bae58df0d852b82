import { homedir } from 'node:os'
import { join } from 'node:path'

/** Folder with what this user's Millrace clients keep: `$MILLRACE_CONFIG`, else `$XDG_CONFIG_HOME/millrace`, else `~/.config/millrace`. */
export const configFolder = (env: { readonly [name: string]: string | undefined } = process.env): string =>
  env['MILLRACE_CONFIG'] ?? join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'millrace')
