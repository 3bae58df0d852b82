import type { Position, Problem } from '../problem.ts'
import type { AemProblemCode } from './problem-code.ts'
import { type Reading, START_OF_FILE } from './read/reading.ts'
import type { AemAssignment, AemNote, AemUnbound, StepReport } from './report.ts'
import { aemTask } from './step/task-name.ts'

/** Collects what an import has to say besides the model, each with its place in the file. */
export class Findings {
  readonly file: string
  readonly problems: Problem[] = []
  readonly unbound: AemUnbound[] = []
  readonly assignments: AemAssignment[] = []
  readonly notes: AemNote[] = []
  readonly #reading: Reading

  constructor(file: string, reading: Reading) {
    this.file = file
    this.#reading = reading
  }

  problem(
    severity: Problem['severity'],
    { code, node, message }: { readonly code: AemProblemCode; readonly node?: string; readonly message: string },
  ): void {
    this.problems.push({ ...this.#placeOf(node), code, severity, message, ...(node === undefined ? {} : { node }) })
  }

  note(node: string | undefined, message: string): void {
    this.notes.push({ file: this.file, ...this.#placeOf(node), ...(node === undefined ? {} : { node }), message })
  }

  /** `place` is a transition's name, or an entry of the node's metadata. */
  unboundRule(node: string, name: string, place: { readonly transition: string } | { readonly key: string }): void {
    const { rules, entries } = this.#reading.places
    const found = 'transition' in place ? rules.get(place.transition) : entries.get(`${node}/${place.key}`)
    this.unbound.push({ file: this.file, ...(found === undefined ? this.#placeOf(node) : bare(found)), node, kind: 'rule', name })
  }

  /** For the conversion of one node. */
  forStep(node: string): StepReport {
    const place = (key: string | undefined): Position => {
      const entry = this.#reading.places.entries.get(`${node}/${key}`)
      return entry === undefined ? this.#placeOf(node) : bare(entry)
    }
    const { file } = this
    return {
      unbound: (kind, name, key) => this.unbound.push({ file, ...place(key), node, kind, name, task: aemTask(name) }),
      assignment: (name, { as, isGuess }, key) => this.assignments.push({ file, ...place(key), node, name, as, isGuess }),
      note: (message, key) => this.notes.push({ file, ...place(key), node, message }),
    }
  }

  #placeOf(node: string | undefined): Position {
    return bare((node === undefined ? undefined : this.#reading.places.nodes.get(node)) ?? START_OF_FILE)
  }
}

/** Places are elements and attributes; only where they stand is kept. */
function bare({ line, column }: Position): Position {
  return { line, column }
}
