/**
 * What `npm start` runs: the server on the example project of this checkout.
 *
 * @example npm start -- --port 7401 --data /tmp/millrace
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runServer } from './serve/index.ts'

const root = resolve(import.meta.dirname, '../../..')

const usage = `npm start -- [--port 7400] [--host 127.0.0.1] [--data FOLDER] [--project FOLDER] [--watch]`

const options = () => {
  try {
    return parseArgs({
      // `npm start` calls this as `main.ts start …`, as the CLI would.
      args: process.argv.slice(2).filter((arg, at) => !(at === 0 && arg === 'start')),
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        project: { type: 'string' },
        watch: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    console.error(`millrace: ${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}

const given = options()
if (given.help === true) {
  console.log(usage)
  process.exit(0)
}
const port = given.port === undefined ? undefined : Number(given.port)
if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
  console.error(`millrace: --port takes a number from 0 to 65535, not ${given.port}.`)
  process.exit(2)
}
const { version } = JSON.parse(readFileSync(join(root, 'packages/millrace/package.json'), 'utf8')) as { readonly version: string }

process.exitCode = await runServer({
  project: given.project === undefined ? join(root, 'examples') : resolve(given.project),
  version,
  command: './millrace',
  ...(given.data === undefined ? {} : { data: resolve(given.data) }),
  ...(port === undefined ? {} : { port }),
  ...(given.host === undefined ? {} : { host: given.host }),
  ...(given.watch === true ? { watch: true } : {}),
})
