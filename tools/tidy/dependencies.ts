import type { Code } from './code.ts'
import type { Finding } from './finding.ts'
import { targetOf } from './modules.ts'
import type { Manifest } from './repository.ts'

/** Dependencies that no import names, each with the reason why it is there. */
const NAMED_BY_NOBODY: Readonly<Record<string, string>> = {
  '@fontsource-variable/ibm-plex-sans': 'fonts.css loads its files',
  '@fontsource/ibm-plex-mono': 'fonts.css loads its files',
  '@mantine/hooks': '@mantine/core asks for it beside itself',
}

/**
 * Where package.json of a package and its imports disagree. A published package must name what it imports, or it works only in this
 * workspace, where everything is found anyway; and what it names without importing is downloaded by every user for nothing.
 */
export function wrongDependencies(folder: string, manifest: Manifest, code: readonly Code[], root: Manifest): readonly Finding[] {
  const path = `packages/${folder}/package.json`
  const { dependencies = {}, devDependencies = {} } = manifest
  const files = code.filter((file) => file.package === folder)
  const used = packagesIn(files.filter(isShipped), manifest.name)
  const tested = packagesIn(
    files.filter((file) => !isShipped(file)),
    manifest.name,
  )
  const forTests = { ...dependencies, ...devDependencies, ...root.devDependencies }
  const isNeeded = (name: string) => used.has(name) || used.has(typedBy(name)) || name in NAMED_BY_NOBODY
  return [
    ...[...used]
      .filter((name) => !(name in dependencies))
      .map((name) => `imports ${name}, which is not in "dependencies": add it with its exact version`),
    ...[...tested]
      .filter((name) => !(name in forTests) && !isOurs(name))
      .map((name) => `tests import ${name}, which is not in "devDependencies"`),
    ...Object.keys(dependencies)
      .filter((name) => !isNeeded(name))
      .map(
        (name) =>
          `"dependencies" has ${name}, which ${tested.has(name) ? 'only tests import: move it to "devDependencies"' : 'nothing imports: remove it'}`,
      ),
    ...Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name} has the version "${version}": write the exact one, so that every machine has the same`),
  ].map((message) => ({ path, message }))
}

/** Under `src`, or build configuration that stands in the package's folder (the console's Vite). */
function isShipped({ isProduct, path }: Code): boolean {
  return isProduct || /^packages\/[^/]+\/[^/]+\.config\.ts$/.test(path)
}

function packagesIn(files: readonly Code[], self: string): ReadonlySet<string> {
  const names = files.flatMap(({ path, imports }) => imports.map(({ specifier }) => packageName(specifier, path)))
  return new Set(names.filter((name): name is string => name !== undefined && name !== self))
}

function packageName(specifier: string, importer: string): string | undefined {
  const target = targetOf(specifier, importer)
  if (target.kind === 'npm') return target.name
  if (target.kind === 'internal') return target.package === 'millrace' ? 'millrace' : `@millrace/${target.package}`
  return undefined
}

/** `@types/react-dom` is needed by who imports `react-dom`, `@types/a__b` by who imports `@a/b`. */
function typedBy(name: string): string {
  const typed = name.replace(/^@types\//, '')
  return typed.includes('__') ? `@${typed.replace('__', '/')}` : typed
}

function isOurs(name: string): boolean {
  return name === 'millrace' || name.startsWith('@millrace/')
}
