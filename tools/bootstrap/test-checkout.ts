import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** What one run of a process left behind. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * A small checkout in a temporary folder: the real bootstrap and launcher, a program to start, and an npm that needs no network. The table
 * asks for a Node that no machine has, so that every test begins where a new user does; "installing" it gives a script that runs ours.
 */
export class TestCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), 'millrace-bootstrap-'))
  readonly cache = join(this.folder, 'cache')
  readonly root = join(this.folder, 'checkout')
  readonly nodeFolder = join(this.cache, 'node', 'node-for-tests-99.1.0')

  constructor() {
    cpSync(join(repository, 'tools/bootstrap'), join(this.root, 'tools/bootstrap'), { recursive: true })
    cpSync(join(repository, 'millrace'), join(this.root, 'millrace'))
    const packages = { [`${process.platform}-${process.arch}`]: { name: 'node-for-tests', version: '99.1.0', bin: 'bin/node' } }
    this.write('tools/bootstrap/node-packages.json', JSON.stringify({ minimum: '99.0.0', megabytes: 1, packages }))
    this.write('package.json', '{ "type": "module" }')
    this.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }))
    this.write('packages/millrace/package.json', '{\n  "name": "millrace",\n  "version": "1.2.3",\n  "type": "module"\n}\n')
    this.write('packages/millrace/src/main.ts', program)
    this.write('packages/cli/src/bin.ts', program)
    this.npmDoes(npmThatInstalls)
    mkdirSync(this.#bin, { recursive: true })
    // Nothing else: with the PATH of the machine a test could reach its real npm, and the network.
    for (const tool of ['sh', 'ls', 'sed', 'readlink', 'dirname', 'mkdir', 'mv', 'env']) {
      symlinkSync(execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), join(this.#bin, tool))
    }
    symlinkSync(process.execPath, join(this.#bin, 'node'))
    symlinkSync(join(this.folder, 'npm/bin/npm-cli.js'), join(this.#bin, 'npm'))
  }

  get #bin() {
    return join(this.folder, 'bin')
  }

  /** Replaces npm by this script; `note(text)` writes a line that `npmCalls` returns. */
  npmDoes(script: string): void {
    const log = JSON.stringify(join(this.folder, 'npm.log'))
    const start = `#!/usr/bin/env node
const { appendFileSync, mkdirSync, writeFileSync, readFileSync } = require('node:fs')
const note = (text) => appendFileSync(${log}, text + '\\n')
const [command, ...args] = process.argv.slice(2)
const realNode = ${JSON.stringify(process.execPath)}
note(command)
`
    const file = join(this.folder, 'npm/bin/npm-cli.js')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, start + script, { mode: 0o755 })
  }

  /** The commands npm was asked for, oldest first. */
  npmCalls(): readonly string[] {
    const log = join(this.folder, 'npm.log')
    return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
  }

  write(path: string, content: string): void {
    const file = join(this.root, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }

  /** Starts the bootstrap as package.json would. */
  bootstrap(...args: readonly string[]) {
    return this.#spawn(process.execPath, [join(this.root, 'tools/bootstrap/main.mjs'), ...args], this.root)
  }

  /** Starts the bootstrap as npm does: in a shell that waits for it and dies of SIGTERM alone. */
  npmScript(...args: readonly string[]) {
    const script = `node tools/bootstrap/main.mjs ${args.join(' ')}; exit $?`
    return this.#spawn('sh', ['-c', script], this.root, { npm_lifecycle_event: args[0] })
  }

  /** Starts the launcher, by default from a folder that is not the checkout. */
  launcher(args: readonly string[], { file = join(this.root, 'millrace'), cwd = this.folder } = {}) {
    return this.#spawn(file, args, cwd)
  }

  #spawn(file: string, args: readonly string[], cwd: string, more: NodeJS.ProcessEnv = {}) {
    const child = spawn(file, args, {
      cwd,
      env: { HOME: this.folder, MILLRACE_CACHE: this.cache, PATH: this.#bin, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, stdout, stderr }))
    })
    return Object.assign(child, { ended })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Prints what it was started with, and does what its last argument says. */
const program = `
import process from 'node:process'
const { NODE_COMPILE_CACHE } = process.env
const last: string = process.argv.at(-1) ?? ''
if (last === 'wait') {
  process.on('SIGTERM', () => { console.log('stopped cleanly'); process.exit(7) })
  setInterval(() => {}, 1000)
}
// Last of all that is set up: who reads it may send a signal.
console.log(JSON.stringify({ argv: process.argv.slice(2), execArgv: process.execArgv, NODE_COMPILE_CACHE, wrapped: process.env.FAKE_NODE }))
if (last === 'fail') process.exit(3)
if (last === 'crash') process.kill(process.pid, 'SIGKILL')
`

const npmThatInstalls = `
if (command === 'install') {
  const prefix = args[args.indexOf('--prefix') + 1]
  const bin = prefix + '/node_modules/node-for-tests/bin'
  mkdirSync(bin, { recursive: true })
  const node = '#!/bin/sh\\nif [ "$1" = --version ]; then echo v99.1.0; exit; fi\\nFAKE_NODE=yes exec ' + realNode + ' "$@"\\n'
  writeFileSync(bin + '/node', node, { mode: 0o755 })
}
if (command === 'ci') {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  for (const path of Object.keys(lock.packages)) mkdirSync(path || '.', { recursive: true })
  writeFileSync('node_modules/.package-lock.json', JSON.stringify(lock))
}
`
