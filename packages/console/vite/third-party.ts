import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

interface Package {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly source: string
  /** The licence as the package brings it. */
  readonly text: string
}

/** Licences that ask whoever passes the code on to say where its source is. */
const ASKS_FOR_SOURCE = /EPL|MPL|CDDL|LGPL/

/**
 * Writes `licenses.txt`: every package that has code, styles or fonts in the build, with its licence. It is made from what the bundler took in, so it cannot
 * name what is not there or leave out what is. Give the same object to the workers' build too, which has a bundle of its own.
 */
export const thirdParty = (): { readonly page: () => Plugin; readonly worker: () => Plugin } => {
  const packages = new Map<string, Package>()
  let root = ''
  const collect = (ids: Iterable<string>): void => {
    for (const id of ids) {
      const folder = packageFolder(id)
      if (folder !== undefined && !packages.has(folder)) packages.set(folder, readPackage(folder))
    }
  }
  return {
    worker: () => ({
      name: 'millrace-third-party-worker',
      generateBundle() {
        collect(this.getModuleIds())
      },
    }),
    page: () => ({
      name: 'millrace-third-party',
      configResolved(config) {
        root = config.root
      },
      // After the workers, which are bundled while the page's modules are read.
      generateBundle: {
        order: 'post',
        handler(_, bundle) {
          collect(this.getModuleIds())
          // Fonts come by way of a stylesheet and are no modules.
          const assets = Object.values(bundle).flatMap((output) => (output.type === 'asset' ? output.originalFileNames : []))
          collect(assets.map((file) => resolve(root, file)))
          this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: print([...packages.values()]) })
        },
      },
    }),
  }
}

/** `…/node_modules/@codemirror/view` of a file in it. */
const packageFolder = (id: string): string | undefined =>
  /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id.replace(/^\0/, '').split('?', 1)[0] ?? '')?.[1]

const readPackage = (folder: string): Package => {
  const { name, version, license, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: string
    readonly repository?: string | { readonly url?: string }
  }
  const source = typeof repository === 'string' ? repository : (repository?.url ?? '')
  const file = readdirSync(folder).find((each) => /^licen[sc]e/i.test(each))
  return {
    name,
    version,
    license: license ?? 'see below',
    source: source.replace(/^git\+/, '').replace(/\.git$/, ''),
    text: file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim(),
  }
}

const print = (packages: readonly Package[]): string => {
  const sorted = packages.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  // Many packages bring the very same text: it stands once, under all their names.
  const byText = Map.groupBy(sorted, ({ text }) => text)
  const parts = [...byText].map(([text, same]) =>
    [...same.map(title), '', text === '' ? 'Its package brings no text of the licence named above.' : text].join('\n'),
  )
  return `The console of Millrace contains code of these packages, unchanged but for bundling.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

const title = ({ name, version, license, source }: Package): string =>
  `${name} ${version}, ${license}${ASKS_FOR_SOURCE.test(license) ? `; its source: ${source}` : ''}`
