import type { Code, Import } from './code.ts'
import type { Finding } from './finding.ts'
import { type Layer, layers } from './layers.ts'
import { exportedFile, targetOf } from './modules.ts'
import type { Manifest } from './repository.ts'

/** Imports that the layer table does not allow, or that enter a package by another door than its exports. */
export function forbiddenImports(code: readonly Code[], manifests: ReadonlyMap<string, Manifest>, table = layers): readonly Finding[] {
  return code.flatMap((file) =>
    file.imports.flatMap((one) => {
      const message = problemOf(file, one, manifests, table)
      return message === undefined ? [] : [{ path: file.path, line: one.line, message }]
    }),
  )
}

function problemOf(
  file: Code,
  { specifier, isType }: Import,
  manifests: ReadonlyMap<string, Manifest>,
  table: Readonly<Record<string, Layer>>,
) {
  const target = targetOf(specifier, file.path)
  if (target.kind === 'file') {
    const isInside = file.package === undefined || target.path.startsWith(`packages/${file.package}/`)
    return isInside ? undefined : `${specifier} leaves the package: import the other package by name`
  }
  if (target.kind !== 'internal') return undefined
  if (exportedFile(target.package, target.subpath, manifests.get(target.package)) === undefined) {
    return `${specifier} is not in the exports of packages/${target.package}/package.json: use what the package offers, or offer it`
  }
  if (!file.isProduct || file.package === undefined) return undefined
  if (target.package === file.package) return `${specifier} imports its own package by name: use the relative path of the file`
  return arrowProblem(file.package, target.package, isType, table[file.package])
}

function arrowProblem(from: string, to: string, isType: boolean, layer: Layer | undefined): string | undefined {
  if (layer === undefined) return `package ${from} is not in the layer table: give it a place in tools/tidy/layers.ts`
  if (layer.imports.includes(to) || (isType && layer.types?.includes(to) === true)) return undefined
  if (layer.types?.includes(to) === true)
    return `${from} may know only the types of ${to}: write \`import type\`, or ask for the value through a port`
  const allowed = [...layer.imports, ...(layer.types ?? []).map((name) => `${name} (types)`)]
  return `${from} may not import ${to}; it may import ${allowed.join(', ') || 'none of our packages'}. Imports point inward: take what you need as a value, or put a port into protocol`
}

/** Arrows of the table that together lead back to where they began. Each is a list of packages, the first one repeated at the end. */
export function cyclesInTable(table = layers): readonly (readonly string[])[] {
  const edges = new Map(Object.entries(table).map(([name, { imports, types = [] }]) => [name, [...imports, ...types]]))
  return cyclesIn(edges)
}

/**
 * Files that load each other, directly or around: none of them can be understood, tested or moved alone, and which one runs first depends
 * on who is asked for. Types may refer to each other (a run starts a workflow, a workflow is given a run): they are gone when it runs.
 */
export function cyclesInFiles(code: readonly Code[], manifests: ReadonlyMap<string, Manifest>): readonly (readonly string[])[] {
  const known = new Set(code.map(({ path }) => path))
  const edges = new Map(
    code.map(({ path, imports }) => [
      path,
      imports.flatMap(({ specifier, isType }) => {
        if (isType) return []
        const target = targetOf(specifier, path)
        const file = target.kind === 'internal' ? exportedFile(target.package, target.subpath, manifests.get(target.package)) : undefined
        const imported = target.kind === 'file' ? target.path : file
        return imported !== undefined && known.has(imported) ? [imported] : []
      }),
    ]),
  )
  return cyclesIn(edges)
}

/** One shortest cycle through each node that is in one, without saying the same cycle twice. */
function cyclesIn(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const seen = new Set<string>()
  const cycles: (readonly string[])[] = []
  for (const start of edges.keys()) {
    if (seen.has(start)) continue
    const cycle = shortestCycle(start, edges)
    if (cycle === undefined) continue
    for (const name of cycle) seen.add(name)
    cycles.push(cycle)
  }
  return cycles
}

/** Breadth first from `start` back to `start`. */
function shortestCycle(start: string, edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const next of edges.get(name) ?? []) {
      if (next === start) return [...pathTo(name, start, cameFrom), start]
      if (cameFrom.has(next)) continue
      cameFrom.set(next, name)
      queue.push(next)
    }
  }
  return undefined
}

function pathTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path = [end]
  for (let name = end; name !== start; path.unshift(name)) name = cameFrom.get(name) ?? start
  return path
}
