import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import table from './node-packages.json' with { type: 'json' }
import { TestCheckout } from './test-checkout.ts'

let checkout: TestCheckout
beforeEach(() => {
  checkout = new TestCheckout()
})
afterEach(() => checkout.remove())

describe('npm start in a bare clone', () => {
  test('installs Node into the cache, then the packages, then starts the program under that Node with all flags', async () => {
    const { code, stdout, stderr } = await checkout.bootstrap('start', '--port', '7401', '--data', 'a folder').ended
    expect(code).toBe(0)
    expect(checkout.npmCalls()).toEqual(['install', 'ci'])
    expect(JSON.parse(stdout)).toEqual({
      argv: ['start', '--port', '7401', '--data', 'a folder'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      NODE_COMPILE_CACHE: join(checkout.cache, 'compile'),
      wrapped: 'yes',
    })
    expect(stderr).toMatch(
      /Installing Node 99\.1\.0 \(once, 1 MB; this machine has [\d.]+\) in .*node-for-tests-99\.1\.0 …\n {2}done in \d+ s/,
    )
    expect(stderr).toMatch(/Installing the packages of package-lock\.json \(npm ci\) …\n {2}done in \d+ s/)
    expect(readdirSync(join(checkout.cache, 'node'))).toEqual(['node-for-tests-99.1.0'])
  })

  test('installs nothing and says nothing the second time', async () => {
    await checkout.bootstrap('start').ended
    const { stderr } = await checkout.bootstrap('start').ended
    expect(checkout.npmCalls()).toEqual(['install', 'ci'])
    expect(stderr).toBe('')
  })

  test('installs each thing once when two processes begin at the same time', async () => {
    const both = await Promise.all([checkout.bootstrap('start', 'one').ended, checkout.bootstrap('start', 'two').ended])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    expect(checkout.npmCalls()).toEqual(['install', 'ci'])
    expect(both.map(({ stderr }) => stderr).join('')).toContain('is installing the same; waiting for it')
  })

  test('takes over what a killed installation left behind', async () => {
    mkdirSync(`${checkout.nodeFolder}.part-abc`, { recursive: true })
    // Pids end at 2^22 on Linux: this one never lives.
    writeFileSync(`${checkout.nodeFolder}.lock`, '99999999')
    mkdirSync(join(checkout.nodeFolder, 'node_modules'), { recursive: true })
    const { code } = await checkout.bootstrap('start').ended
    expect(code).toBe(0)
    expect(readdirSync(join(checkout.cache, 'node'))).toEqual(['node-for-tests-99.1.0'])
  })

  test('uses the machine’s own Node when it is new enough', async () => {
    checkout.write('tools/bootstrap/node-packages.json', JSON.stringify({ ...table, minimum: '20.0.0' }))
    const { stdout } = await checkout.bootstrap('start').ended
    expect(checkout.npmCalls()).toEqual(['ci'])
    expect(JSON.parse(stdout)).not.toHaveProperty('wrapped')
  })

  test('installs the packages again when the lockfile has changed, and not when npm install has already done it', async () => {
    await checkout.bootstrap('start').ended
    const lock = JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.1.0' } } })
    checkout.write('package-lock.json', lock)
    await checkout.bootstrap('start').ended
    expect(checkout.npmCalls()).toEqual(['install', 'ci', 'ci'])

    const newer = lock.replace('1.1.0', '1.2.0')
    checkout.write('package-lock.json', newer)
    checkout.write('node_modules/.package-lock.json', newer)
    await checkout.bootstrap('start').ended
    expect(checkout.npmCalls()).toEqual(['install', 'ci', 'ci'])
  })

  test('does not miss packages that belong on another platform, but one that belongs on this', async () => {
    await checkout.bootstrap('start').ended
    const held = { '': {}, 'node_modules/a': { version: '1.0.0' } }
    checkout.write('node_modules/.package-lock.json', JSON.stringify({ packages: held }))
    const native = { version: '1.0.0', optional: true, cpu: [process.arch] }
    checkout.write('package-lock.json', JSON.stringify({ packages: { ...held, 'node_modules/n': { ...native, os: ['plan9'] } } }))
    await checkout.bootstrap('start').ended
    expect(checkout.npmCalls()).toEqual(['install', 'ci'])
    checkout.write('package-lock.json', JSON.stringify({ packages: { ...held, 'node_modules/n': { ...native, os: [process.platform] } } }))
    await checkout.bootstrap('start').ended
    expect(checkout.npmCalls()).toEqual(['install', 'ci', 'ci'])
  })
})

describe('the program that is started', () => {
  test('gives its exit code to the caller', async () => {
    expect((await checkout.bootstrap('start', 'fail').ended).code).toBe(3)
  })

  test('that is killed gives 128 and the signal, as in a shell', async () => {
    expect((await checkout.bootstrap('start', 'crash').ended).code).toBe(128 + 9)
  })

  test('gets SIGTERM and may take its time', async () => {
    const running = checkout.bootstrap('start', 'wait')
    await once(running.stdout, 'data')
    running.kill('SIGTERM')
    const { code, stdout } = await running.ended
    expect(stdout).toContain('stopped cleanly')
    expect(code).toBe(7)
  })
})

test('the program ends when npm is ended, though a shell stands between', async () => {
  const shell = checkout.npmScript('start', 'wait')
  await once(shell.stdout, 'data')
  shell.kill('SIGTERM')
  // The pipe closes when the last process that holds it has ended: the program, not the shell.
  expect((await shell.ended).stdout).toContain('stopped cleanly')
  expect(shell.signalCode).toBe('SIGTERM')
})

describe('what can go wrong', () => {
  const failures: readonly (readonly [npmSays: string, answer: RegExp])[] = [
    ['npm error code ENOTFOUND', /^NO_NETWORK: Cannot install Node 99\.1\.0: the npm registry does not answer/m],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', /^NO_NETWORK: .* certificate that Node does not trust/m],
    ['npm error code EACCES', /^NO_PERMISSION: .* MILLRACE_CACHE/m],
    ['npm error code ENOSPC', /^DISK_FULL: .* Make room/m],
    ['npm error code ETARGET', /^NOT_IN_REGISTRY: /m],
    ['npm error code ESOMETHING', /^NPM_FAILED: .* what it said is below/m],
  ]
  test.each(failures)('npm that says "%s" ends in one sentence, its own words below, and nothing in the cache', async (npmSays, answer) => {
    checkout.npmDoes(`console.error(${JSON.stringify(npmSays)}); process.exit(1)`)
    const { code, stdout, stderr } = await checkout.bootstrap('start').ended
    expect(code).toBe(1)
    expect(stderr).toMatch(answer)
    expect(stderr).toContain(`  ${npmSays}\n`)
    expect(stdout).toBe('')
    expect(readdirSync(join(checkout.cache, 'node'))).toEqual([])
  })

  test('of what npm says the stack is left out', async () => {
    checkout.npmDoes(
      'console.error("npm error code EBUG\\nnpm error what it was\\nnpm error     at f (a.js:1:1)\\nnpm error more"); process.exit(1)',
    )
    const { stderr } = await checkout.bootstrap('start').ended
    expect(stderr).toMatch(/\n {2}npm error code EBUG\n {2}npm error what it was\n$/)
  })

  test('a missing npm is named', async () => {
    rmSync(join(checkout.folder, 'bin/npm'))
    expect((await checkout.bootstrap('start').ended).stderr).toMatch(/NPM_MISSING: Cannot find npm\. .* then repeat/)
  })

  test('a Node that does not run on this machine is refused and removed', async () => {
    checkout.npmDoes(`
const bin = args[args.indexOf('--prefix') + 1] + '/node_modules/node-for-tests/bin'
mkdirSync(bin, { recursive: true })
writeFileSync(bin + '/node', '#!/bin/sh\\necho cannot execute; exit 126\\n', { mode: 0o755 })`)
    expect((await checkout.bootstrap('start').ended).stderr).toMatch(/NODE_BROKEN: Node 99\.1\.0 was installed but does not run/)
    expect(existsSync(checkout.nodeFolder)).toBe(false)
  })

  test('a platform without a package is told what to install', async () => {
    checkout.write('tools/bootstrap/node-packages.json', JSON.stringify({ minimum: '99.0.0', packages: {} }))
    const { stderr } = await checkout.bootstrap('start').ended
    expect(stderr).toMatch(/NODE_TOO_OLD: Millrace needs Node 99\.0\.0 or newer; this is Node .* put it first on PATH/)
  })

  test('a cache that cannot be created is named', async () => {
    // A file in the way: unlike permissions it stops root too.
    writeFileSync(checkout.cache, '')
    const { code, stderr } = await checkout.bootstrap('start').ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/(ENOTDIR|EEXIST): Cannot write .*cache.* MILLRACE_CACHE/)
  })

  test('SIGTERM in the middle of an installation leaves nothing behind', async () => {
    checkout.npmDoes(`
writeFileSync(args[args.indexOf("--prefix") + 1] + "/half", "")
process.kill(process.ppid, 'SIGTERM')
setInterval(() => {}, 1000)`)
    const running = checkout.bootstrap('start')
    await running.ended
    expect(running.signalCode).toBe('SIGTERM')
    expect(readdirSync(join(checkout.cache, 'node'))).toEqual([])
  })

  test('an unknown command lists the known ones', async () => {
    expect((await checkout.bootstrap('strat').ended).stderr).toMatch(/UNKNOWN_COMMAND: Unknown command "strat"\. Known: start, test/)
  })
})

describe('./millrace', () => {
  /** The launcher knows its minimum by heart; the checkout of these tests asks for another Node, so it looks under that name. */
  const known = () => join(checkout.cache, 'node', `path-${table.minimum}`)

  test('looks for the Node that the table asks for', () => {
    expect(readFileSync(join(checkout.root, 'millrace'), 'utf8')).toContain(`known=$cache/node/path-${table.minimum}\n`)
  })

  test('answers --version without Node', async () => {
    const { code, stdout } = await checkout.launcher(['--version']).ended
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1.2.3\n' })
    expect(existsSync(checkout.cache)).toBe(false)
  })

  test('does the set-up once, on stderr, and then starts Node directly', async () => {
    const first = await checkout.launcher(['instance', 'list', '--json']).ended
    expect(JSON.parse(first.stdout)).toMatchObject({ argv: ['instance', 'list', '--json'], wrapped: 'yes' })
    expect(first.stderr).toContain('Installing Node 99.1.0')
    // Without the bootstrap the second start can only work by itself.
    rmSync(join(checkout.root, 'tools'), { recursive: true })
    const second = await checkout.launcher(['inbox']).ended
    expect(second).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(second.stdout)).toMatchObject({ argv: ['inbox'], NODE_COMPILE_CACHE: join(checkout.cache, 'compile') })
  })

  test('works through symbolic links, relative and absolute, from any folder', async () => {
    await checkout.launcher([]).ended
    symlinkSync('checkout/millrace', join(checkout.folder, 'one'))
    symlinkSync(join(checkout.folder, 'one'), join(checkout.folder, 'bin/millrace'))
    for (const file of [join(checkout.folder, 'one'), join(checkout.folder, 'bin/millrace')]) {
      const { stdout, stderr } = await checkout.launcher(['a b'], { file, cwd: '/' }).ended
      expect(stderr).toBe('')
      expect(JSON.parse(stdout).argv).toEqual(['a b'])
    }
  })

  test('sees that the Node it knows was replaced in place', async () => {
    await checkout.launcher([]).ended
    const [node] = readFileSync(known(), 'utf8').split('\n')
    expect(node).toBe(join(checkout.nodeFolder, 'node_modules/node-for-tests/bin/node'))
    utimesSync(node!, 0, 0)
    chmodSync(node!, 0o700)
    const before = readFileSync(known(), 'utf8')
    expect((await checkout.launcher([]).ended).code).toBe(0)
    expect(readFileSync(known(), 'utf8')).not.toBe(before)
  })

  test('lets the bootstrap look when the lockfile is newer than what is installed', async () => {
    await checkout.launcher([]).ended
    checkout.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/b': { version: '1.0.0' } } }))
    const inAMinute = new Date(Date.now() + 60_000)
    utimesSync(join(checkout.root, 'package-lock.json'), inAMinute, inAMinute)
    const { stdout, stderr } = await checkout.launcher(['inbox']).ended
    expect(stderr).toContain('Installing the packages of package-lock.json')
    expect(JSON.parse(stdout).argv).toEqual(['inbox'])
  })

  test('gives the exit code of the set-up when that fails', async () => {
    checkout.npmDoes('console.error("npm error code ENOTFOUND"); process.exit(1)')
    const { code, stdout, stderr } = await checkout.launcher(['inbox']).ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('NO_NETWORK')
  })

  test('is a valid POSIX script', () => {
    expect(() => execFileSync('sh', ['-n', join(checkout.root, 'millrace')])).not.toThrow()
  })
})
