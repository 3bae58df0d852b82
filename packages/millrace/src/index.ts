export type { MillraceOptions } from './open-millrace.ts'
export { openMillrace } from './open-millrace.ts'
