/** A project folder, a real server on it, and the CLI in this process: what the tests of commands run against. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Served, serve } from 'millrace/serve'
import { vi } from 'vitest'
import type { Terminal } from './cli.ts'
import { main } from './main.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface CliFixture {
  readonly folder: string
  /** Runs a command and gives what it printed. */
  readonly millrace: (...argv: readonly string[]) => Promise<Ran>
  /** Runs a command with `--json` that must succeed, and gives its one document. */
  readonly json: <T = { readonly [name: string]: unknown }>(...argv: readonly string[]) => Promise<T>
  readonly withStdin: (stdin: string, ...argv: readonly string[]) => Promise<Ran>
  readonly write: (path: string, text: string) => Promise<void>
  readonly close: () => Promise<void>
}

export async function openCli(
  files: { readonly [path: string]: string },
  options: { readonly hasServer?: boolean } = {},
): Promise<CliFixture & { readonly served: Served | undefined }> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-cli-'))
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  for (const [path, text] of Object.entries(files)) await write(path, text)
  const env = { MILLRACE_CONFIG: join(folder, '.config') }
  vi.stubEnv('MILLRACE_CONFIG', env.MILLRACE_CONFIG)
  const served =
    options.hasServer === false ? undefined : await serve({ project: folder, port: 0, version: '0.0.0-test', logLevel: 'silent' })
  const withStdin = async (stdin: string, ...argv: readonly string[]): Promise<Ran> => {
    let out = ''
    let err = ''
    const terminal: Terminal = {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      env,
      cwd: folder,
      isTerminal: false,
      isInteractive: false,
      readStdin: async () => stdin,
      nowMs: Date.now,
      signal: new AbortController().signal,
    }
    const code = await main(argv, terminal)
    return { code, out, err }
  }
  const millrace = (...argv: readonly string[]): Promise<Ran> => withStdin('', ...argv)
  return {
    folder,
    served,
    millrace,
    withStdin,
    write,
    json: async <T>(...argv: readonly string[]) => {
      const { code, out, err } = await millrace(...argv, '--json')
      if (code !== 0) throw new Error(`millrace ${argv.join(' ')} ended with ${code}: ${err}${out}`)
      return JSON.parse(out) as T
    },
    close: async () => {
      await served?.close()
      vi.unstubAllEnvs()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
