import type { Client } from '@millrace/client'
import { CliError, usageError } from '../cli-error.ts'
import { shortId } from '../output/short-id.ts'

const FULL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LEAST_CHARACTERS = 4

/** Newest instances that are looked through for a part from the middle of an id, such as the beginning of a short id. */
const RECENT = 500

interface Hit {
  readonly id: string
  readonly title: string
}

/**
 * The full id for what a person typed: the id itself, or a part of it of at least four characters. The server finds beginnings and ends; other parts
 * are looked for among the newest instances.
 *
 * @throws CliError NOT_FOUND, or AMBIGUOUS with those it may mean.
 */
export async function instanceId(client: Client, given: string): Promise<string> {
  const part = given.toLowerCase()
  if (FULL.test(part)) return part
  if (!/^[0-9a-f-]+$/.test(part)) throw usageError(`"${given}" is no id of an instance. "millrace instance list" shows them.`)
  if (part.length < LEAST_CHARACTERS) throw usageError(`Give at least ${LEAST_CHARACTERS} characters of the id, not "${given}".`)
  const atAnEnd = await byEnds(client, part)
  const hits = atAnEnd.length > 0 ? atAnEnd : await amongRecent(client, part)
  const [only, ...others] = hits
  if (only === undefined) {
    throw new CliError('NOT_FOUND', `There is no instance ${given}, or you may not see it. "millrace instance list" shows yours.`)
  }
  if (others.length === 0) return only.id
  const list = hits.map(({ id, title }) => `${shortId(id)} (${title})`).join(', ')
  throw new CliError('AMBIGUOUS', `"${given}" may be ${list}. Give more characters.`, { ids: hits.map(({ id }) => id) })
}

const byEnds = async (client: Client, part: string): Promise<readonly Hit[]> => {
  const { items } = await client.search.find({ q: part, noun: 'instance', limit: 5 })
  // A title may hold the same characters.
  return items.filter(({ id }) => id.startsWith(part) || id.endsWith(part))
}

const amongRecent = async (client: Client, part: string): Promise<readonly Hit[]> => {
  const { items } = await client.instances.list({ limit: RECENT })
  return items.filter(({ id }) => id.includes(part)).slice(0, 5)
}
