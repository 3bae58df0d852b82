import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { type Code, parseCode } from './code.ts'

const root = resolve(dirname(import.meta.filename), '../..')

/** What tests look at: everything git tracks or would track, so that a new file is seen before its first commit. */
export function repositoryPaths(): readonly string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  // A file that is deleted and not yet committed is still listed.
  return [...new Set(output.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).toSorted()
}

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

const TEXT = new Set(['.ts', '.tsx', '.mjs', '.js', '.css', '.html', '.sql', '.md', '.json', '.yaml', '.yml', '.sh', ''])

/** Files that people write and read. The lockfile and the licence are texts of others. */
export function isOurText(path: string): boolean {
  return TEXT.has(extname(path)) && !['package-lock.json', 'LICENSE'].includes(path)
}

const CODE = new Set(['.ts', '.tsx', '.mjs'])

/** Every source file of the repository, parsed. */
export function repositoryCode(): readonly Code[] {
  return repositoryPaths()
    .filter((path) => CODE.has(extname(path)))
    .map((path) => parseCode(path, read(path)))
}

/** The parts of a package's package.json that the rules read. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** package.json of every package, by its folder name. */
export function manifests(): ReadonlyMap<string, Manifest> {
  const paths = repositoryPaths().filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
  return new Map(paths.map((path) => [path.split('/')[1] ?? '', parseManifest(path)]))
}

export function rootManifest(): Manifest {
  return parseManifest('package.json')
}

function parseManifest(path: string): Manifest {
  const manifest: Manifest = JSON.parse(read(path))
  return manifest
}
