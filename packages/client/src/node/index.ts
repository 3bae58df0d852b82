export { configFolder } from './config-folder.ts'
export { type LocalProfile, localProfilePath, readLocalProfile, readLocalProfiles } from './local-profile.ts'
