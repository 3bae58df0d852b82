export { configFolder, localProfilePath } from './profile-path.ts'
