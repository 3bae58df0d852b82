import { dirname, join } from 'node:path/posix'
import type { Manifest } from './repository.ts'

/** What an import means: another package of ours, a file beside it, a package from npm, or a part of Node. */
export type Target =
  | { readonly kind: 'internal'; readonly package: string; readonly subpath: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'npm'; readonly name: string }
  | { readonly kind: 'node' }

/** Reads a specifier as Node would, without looking at the disk. */
export function targetOf(specifier: string, importer: string): Target {
  if (specifier.startsWith('node:')) return { kind: 'node' }
  // Vite's `./worker.ts?worker` is the file and what to do with it.
  const [bare = ''] = specifier.split('?')
  if (bare.startsWith('.')) return { kind: 'file', path: join(dirname(importer), bare) }
  const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(bare) ?? []
  if (name === 'millrace') return { kind: 'internal', package: 'millrace', subpath: `.${subpath}` }
  if (name.startsWith('@millrace/')) return { kind: 'internal', package: name.slice('@millrace/'.length), subpath: `.${subpath}` }
  return { kind: 'npm', name }
}

/** The file that an import of one of our packages loads, if the package offers it. */
export function exportedFile(packageFolder: string, subpath: string, manifest: Manifest | undefined): string | undefined {
  const file = manifest?.exports?.[subpath]
  return typeof file === 'string' ? join('packages', packageFolder, file) : undefined
}
