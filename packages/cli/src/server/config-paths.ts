import { join } from 'node:path'
import { configFolder } from '@millrace/client/node'

/** Where `millrace login` keeps its profiles, beside the one the server of this machine writes. */
export const profilesPath = (env: { readonly [name: string]: string | undefined }): string => join(configFolder(env), 'profiles.json')
