/** One entry of `packages` in package-lock.json, as far as it matters here. */
export interface LockEntry {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** The parts of package-lock.json that are read; the rest is kept as it is. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockEntry>>
}

/**
 * The lockfile with an entry for every optional dependency of every package.
 *
 * npm leaves out the optional packages that the registry in use does not have (a mirror may hold one platform only), and then refuses its
 * own lockfile: `npm ci` ends with EUSAGE "Missing: … from lock file", on every machine. The versions are known, because native packages
 * are pinned by the package they belong to; what they run on is in their names. The entries have no integrity: that is filled in by the
 * next `npm install` against a registry that has them.
 *
 * @throws Error for an optional dependency that is not pinned, or whose name does not say what it runs on
 */
export function completeLockfile<L extends Lockfile>(lockfile: L): L {
  const missing = Object.entries(lockfile.packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(lockfile, path, name))
      .map(([name, version]) => [`node_modules/${name}`, entryFor(name, version, entry)] as const),
  )
  if (missing.length === 0) return lockfile
  const entries = [...Object.entries(lockfile.packages), ...missing]
  // As npm sorts, so that its next write does not shuffle the file.
  entries.sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { ...lockfile, packages: Object.fromEntries(entries) }
}

/** Node's own resolution: beside the package, then beside each package around it. */
function isLocked({ packages }: Lockfile, path: string, name: string): boolean {
  for (let folder = path; ; folder = parentOf(folder)) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (place in packages) return true
    if (folder === '') return false
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')))
}

function entryFor(name: string, version: string, { dev }: LockEntry): LockEntry {
  if (!/^\d+\.\d+\.\d+[\w.-]*$/.test(version))
    throw new Error(`Cannot lock ${name}: its version "${version}" is a range. Run npm install against the full registry.`)
  const os = platforms.find((platform) => parts(name).includes(platform))
  const cpu = processors.find((processor) => parts(name).includes(processor))
  if (os === undefined || cpu === undefined) {
    throw new Error(`Cannot lock ${name}: its name does not say what it runs on. Run npm install against the full registry.`)
  }
  const libc = parts(name).includes('musl') ? ['musl'] : parts(name).includes('gnu') ? ['glibc'] : undefined
  return { version, cpu: [cpu], ...(dev === true && { dev }), ...(libc && { libc }), optional: true, os: [os] }
}

function parts(name: string): readonly string[] {
  return name.split(/[/-]/)
}

const platforms = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']
