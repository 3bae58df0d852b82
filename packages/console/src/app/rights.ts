import type { Me } from '@millrace/protocol'

/** What the console offers by role. The server decides; this only keeps dead ends off the page. */
export interface Rights {
  /** All instances, incidents, locks. */
  readonly operates: boolean
  /** Models. */
  readonly edits: boolean
  /** Users, groups, everybody's tokens. */
  readonly administers: boolean
  /** One of the three: reads what members do not. */
  readonly isStaff: boolean
}

export const rightsOf = ({ roles }: Pick<Me, 'roles'>): Rights => {
  const administers = roles.includes('administrator')
  const operates = administers || roles.includes('operator')
  const edits = administers || roles.includes('editor')
  return { operates, edits, administers, isStaff: operates || edits }
}
