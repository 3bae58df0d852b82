import { isUuid, uuidBytes, uuidText } from '../../codec/uuid.ts'
import { workspaceRange } from '../lookups.ts'
import type { QueryContext } from './context.ts'

/** Fewer would match too much to mean anything. */
const MIN_LENGTH = 4
/** Numbers of instances looked through in one go when an id is known by its end: a millisecond. */
const SLICE = 5_000

/** By full id, prefix or suffix of at least four characters; newest first. Ends have no index: they are looked for in slices, newest first. */
export const findInstances = async (context: QueryContext, workspace: string, part: string, limit: number): Promise<readonly string[]> => {
  const wanted = part.toLowerCase()
  if (wanted.length < MIN_LENGTH) return []
  const range = workspaceRange(context.lookups, workspace)
  const found = new Map([...byPrefix(context, wanted, range, limit), ...(await bySuffix(context, wanted, range, limit))])
  return [...found.entries()]
    .sort(([a], [b]) => b - a)
    .slice(0, limit)
    .map(([, uuid]) => uuid)
}

type Range = ReturnType<typeof workspaceRange>
type Found = readonly (readonly [id: number, uuid: string])[]

/** Reads instance by instance_uuid. */
const byPrefix = ({ connection }: QueryContext, prefix: string, { from, to }: Range, limit: number): Found => {
  const low = prefix + '00000000-0000-0000-0000-000000000000'.slice(prefix.length)
  const high = prefix + 'ffffffff-ffff-ffff-ffff-ffffffffffff'.slice(prefix.length)
  if (!isUuid(low) || !isUuid(high)) return []
  return connection
    .sql('select id, uuid from instance where uuid between ? and ? and id > ? and id < ? order by uuid desc limit ?')
    .all(uuidBytes(low), uuidBytes(high), from, to, limit)
    .map((row) => [Number(row['id']), uuidText(row['uuid'] as Uint8Array)])
}

const bySuffix = async ({ connection }: QueryContext, suffix: string, { from, to }: Range, limit: number): Promise<Found> => {
  const pattern = '00000000-0000-0000-0000-000000000000'
  if (suffix.length >= pattern.length || !isUuid(pattern.slice(0, -suffix.length) + suffix)) return []
  const hex = suffix.replaceAll('-', '').toUpperCase()
  const newest = connection.sql('select max(id) as id from instance where id > ? and id < ?').get(from, to)?.['id']
  const found: (readonly [number, string])[] = []
  for (let high = Number(newest ?? from); high > from && found.length < limit; high -= SLICE) {
    const rows = connection
      .sql('select id, uuid from instance where id > ? and id <= ? and substr(hex(uuid), -length(?3)) = ?3 order by id desc')
      .all(Math.max(from, high - SLICE), high, hex)
    found.push(...rows.map((row) => [Number(row['id']), uuidText(row['uuid'] as Uint8Array)] as const))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return found.slice(0, limit)
}
