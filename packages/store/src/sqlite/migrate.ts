/**
 * Migrations: numbered, forward only, each in one transaction. `user_version` of the file is the number of the last one. What is applied is never edited; a
 * golden file shows the schema that comes out (golden.sqlite.test.ts).
 */
import { newerFormat } from '../codec/upcast.ts'
import type { Connection } from './connection.ts'
import { BEGIN } from './migrations/001-begin.ts'
import { CONSOLE } from './migrations/002-console.ts'

const MIGRATIONS: readonly string[] = [BEGIN, CONSOLE]

/** Number of the schema this release writes. */
export const SCHEMA = MIGRATIONS.length

/** "MLRC": tells our files from other databases. */
const APPLICATION_ID = 0x4d4c5243

/**
 * Brings the file to the schema of this release; does nothing when it is there already.
 *
 * @throws MillraceError NEWER_FORMAT
 */
export const migrate = (writer: Connection, path: string): void => {
  const from = checkSchema(writer, path)
  for (let number = from + 1; number <= SCHEMA; number++) {
    writer.db.exec('begin immediate')
    try {
      writer.db.exec(MIGRATIONS[number - 1] as string)
      writer.db.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${number}`)
      writer.db.exec('commit')
    } catch (error) {
      if (writer.db.isTransaction) writer.db.exec('rollback')
      throw error
    }
  }
}

/** @returns the number of the file's schema. @throws MillraceError NEWER_FORMAT */
export const checkSchema = ({ db }: Connection, path: string): number => {
  const number = Number(db.prepare('pragma user_version').get()?.['user_version'])
  const application = Number(db.prepare('pragma application_id').get()?.['application_id'])
  const tables = Number(db.prepare('select count(*) as n from sqlite_schema').get()?.['n'])
  if (tables > 0 && application !== APPLICATION_ID) throw new Error(`${path} is a database of another program. Choose another file.`)
  if (number > SCHEMA) throw newerFormat(`schema ${number} in ${path}; this release knows up to ${SCHEMA}`)
  return number
}
