import type { Position, Problem } from '../../problem.ts'
import type { AemRuntime } from '../runtime/runtime.ts'

/** What was read from one of the three forms: the same runtime model, and where its parts stand in the file. */
export interface Reading {
  readonly form: 'design' | 'runtime' | 'json'
  readonly runtime: AemRuntime
  /** Name of the model where the file itself says it, last part of a repository path. */
  readonly name?: string
  readonly places: ReadingPlaces
  readonly problems: readonly Problem[]
}

export interface ReadingPlaces {
  readonly nodes: ReadonlyMap<string, Position>
  /** Of a metadata entry, by `node/key`. */
  readonly entries: ReadonlyMap<string, Position>
  /** Of a transition's rule, by the transition's name. */
  readonly rules: ReadonlyMap<string, Position>
}

export const START_OF_FILE: Position = { line: 1, column: 1 }

/** Last part of a repository path that names a model: `/conf/x/models/approve/jcr:content/model` gives `approve`. */
export function nameInPath(path: string): string | undefined {
  return path
    .split('/')
    .filter((part) => part !== '' && !/^(?:_?jcr[:_]content|model)$/.test(part))
    .at(-1)
    ?.replace(/\.xml$/, '')
}
