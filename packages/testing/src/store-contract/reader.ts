import type { Reader } from '@millrace/protocol'

export const operator: Reader = { user: 'root', groups: [], seesAll: true }

export const member = (user: string, ...groups: readonly string[]): Reader => ({ user, groups, seesAll: false })
