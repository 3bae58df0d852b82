/** `npm run lockfile`: run it after `npm install PACKAGE`; it adds to package-lock.json what npm left out. */
import { readFileSync, writeFileSync } from 'node:fs'
import { completeLockfile, type Lockfile } from './complete.ts'

const file = new URL('../../package-lock.json', import.meta.url)
const before: Lockfile = JSON.parse(readFileSync(file, 'utf8'))
const after = completeLockfile(before)
const added = Object.keys(after.packages).filter((path) => !(path in before.packages))
if (added.length > 0) writeFileSync(file, `${JSON.stringify(after, null, 2)}\n`)
for (const path of added) process.stdout.write(`added ${path} ${after.packages[path]?.version}\n`)
process.stdout.write(`package-lock.json: ${added.length} entries added\n`)
