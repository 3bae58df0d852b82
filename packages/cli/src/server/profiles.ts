/** Profiles: servers this person has signed in to, each with its token. One of them is current. */
import { profilesPath } from './config-paths.ts'
import { readPrivateJson, writePrivateJson } from './private-file.ts'

type Environment = { readonly [name: string]: string | undefined }

export interface Profile {
  /** Address without a slash at its end. */
  readonly url: string
  readonly token: string
  readonly user: string
  /** Of the token, to revoke it at `millrace logout`; absent when it was given by hand. */
  readonly tokenId?: string
}

export interface Profiles {
  readonly current?: string
  readonly profiles: { readonly [name: string]: Profile }
}

export const readProfiles = async (env: Environment): Promise<Profiles> => {
  const file = (await readPrivateJson(profilesPath(env))) as Partial<Profiles> | undefined
  return { profiles: file?.profiles ?? {}, ...(file?.current === undefined ? {} : { current: file.current }) }
}

/** Keeps a profile and makes it current. */
export const saveProfile = async (env: Environment, name: string, profile: Profile): Promise<void> => {
  const { profiles } = await readProfiles(env)
  await writePrivateJson(profilesPath(env), { current: name, profiles: { ...profiles, [name]: profile } })
}

/** Forgets a profile; where it was current, none is. */
export const deleteProfile = async (env: Environment, name: string): Promise<void> => {
  const { current, profiles } = await readProfiles(env)
  const { [name]: _, ...others } = profiles
  await writePrivateJson(profilesPath(env), { ...(current === undefined || current === name ? {} : { current }), profiles: others })
}

/** A profile's name where none is given: the host of its address, `127.0.0.1:7400`. */
export const profileNameOf = (url: string): string => new URL(url).host
