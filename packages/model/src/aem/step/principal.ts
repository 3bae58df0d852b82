import type { Assign } from '../../model.ts'

/** Groups every AEM has, or has after installing Assets, Sites, Projects or Forms. */
const KNOWN_GROUPS = new Set([
  'administrators',
  'authors',
  'content-authors',
  'contributor',
  'contributors',
  'dam-users',
  'everyone',
  'operators',
  'projects-administrators',
  'projects-users',
  'tag-administrators',
  'template-authors',
  'user-administrators',
  'workflow-administrators',
  'workflow-editors',
  'workflow-users',
  'analytics-administrators',
  'target-activity-authors',
  'forms-users',
  'forms-power-users',
  'cm-user-agent-writers',
  'asset-share-users',
])
const KNOWN_USERS = new Set(['admin', 'anonymous', 'author', 'replication-receiver', 'workflow-service', 'workflow-process-service'])

const LOOKS_LIKE_GROUP =
  /(?:^|[-_. ])(?:group|team|users|editors|authors|approvers|reviewers|publishers|administrators|admins|managers|owners|members|operators|translators|designers|agents|legal|finance|marketing|hr)$/i

export interface Principal {
  /** Without the path of its home. */
  readonly name: string
  readonly as: 'user' | 'group'
  readonly isGuess: boolean
}

/**
 * Whether the name of a participant is a user's or a group's. AEM looks it up and does not write it down; by convention groups are
 * named after many (`content-authors`, `legal-team`) and users after one.
 */
export function readPrincipal(text: string): Principal {
  const home = /^\/home\/(users|groups)\/(?:.*\/)?([^/]+)$/.exec(text)
  if (home !== null) return { name: home[2] ?? text, as: home[1] === 'users' ? 'user' : 'group', isGuess: false }
  if (KNOWN_GROUPS.has(text)) return { name: text, as: 'group', isGuess: false }
  if (KNOWN_USERS.has(text)) return { name: text, as: 'user', isGuess: false }
  return { name: text, as: !text.includes('@') && LOOKS_LIKE_GROUP.test(text) ? 'group' : 'user', isGuess: true }
}

export function assignTo({ as, name }: Principal): Assign {
  return as === 'user' ? { kind: 'user', user: name } : { kind: 'group', group: name }
}
