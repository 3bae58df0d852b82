import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CodeBundle, MillraceError, Store } from '@millrace/protocol'
import type { Project } from './project.ts'

/** A bundle as it was made last, with what it was made of. */
interface Kept {
  readonly fingerprint: string
  readonly files: readonly string[]
  readonly bundle: Omit<CodeBundle, 'bundle'> & { readonly bundle: string }
}

/**
 * The project's code workflows as bundles, by file. One of which no file has changed is taken as it was made last: bundling them all anew took most of the time
 * of a start.
 */
export const bundleProject = async (store: Store, project: Project): Promise<ReadonlyMap<string, CodeBundle | MillraceError>> => {
  const bundles = new Map<string, CodeBundle | MillraceError>()
  const changed: string[] = []
  for (const file of project.workflows) {
    const kept = (await store.maintenance.setting(keyOf(project, file))) as Kept | undefined
    if (kept !== undefined && kept.fingerprint === (await fingerprintOf(project, file, kept.files))) {
      bundles.set(file, { ...kept.bundle, bundle: new Uint8Array(Buffer.from(kept.bundle.bundle, 'base64')) })
    } else changed.push(file)
  }
  if (changed.length === 0) return bundles
  const { bundleInProcess } = await import('@millrace/runner/bundle')
  for (const [index, outcome] of (await bundleInProcess(changed)).entries()) {
    const file = changed[index] ?? ''
    if (outcome instanceof Error) {
      bundles.set(file, outcome)
      continue
    }
    const { bundle, files } = outcome
    bundles.set(file, bundle)
    const fingerprint = await fingerprintOf(project, file, files)
    const kept = { fingerprint, files, bundle: { ...bundle, bundle: Buffer.from(bundle.bundle).toString('base64') } }
    await store.maintenance.saveSetting(keyOf(project, file), kept)
  }
  return bundles
}

const keyOf = (project: Project, file: string): string => `bundle:${relative(project.folder, file)}`

/** Of the bundler and of every file that can change the bundle; tasks too, whose names and policies are in it. */
const fingerprintOf = async (project: Project, file: string, files: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  const all = new Set([file, ...files, ...project.tasks, ...project.workflows, ...(await bundlerFiles())])
  for (const name of [...all].toSorted()) {
    const content = await readFile(name).catch(() => undefined)
    hash.update(`\0${name}\0${content?.length ?? 'gone'}\0`).update(content ?? '')
  }
  return hash.digest('base64url')
}

/** What makes bundles: our own files, and the package.json that names the bundler's release. */
const bundlerFiles = async (): Promise<readonly string[]> => {
  const folder = dirname(fileURLToPath(import.meta.resolve('@millrace/runner/bundle')))
  return [...(await readdir(folder)).map((name) => join(folder, name)), join(folder, '../../package.json')]
}
