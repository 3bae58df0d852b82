import type { Model } from '../model.ts'
import { type Problem, sortProblems } from '../problem.ts'
import { Findings } from './findings.ts'
import { readAem } from './read/read.ts'
import type { AemReport, AemUnbound } from './report.ts'
import { toModel } from './to-model.ts'

export interface AemImport {
  /** Absent when there is a problem of severity error. */
  readonly model?: Model
  /** In the order of the text. */
  readonly problems: readonly Problem[]
  /** What is imported as a named task, or as JavaScript, until somebody binds it. */
  readonly unbound: readonly AemUnbound[]
  /** All of it, by file, line and node. Absent when the file could not be read as a model. */
  readonly report?: AemReport
}

/**
 * Imports a workflow model of Adobe Experience Manager: the design page (FileVault's `.content.xml`), the runtime model that Sync
 * makes of it, or the JSON of the REST API. Design and runtime of one model give the same model, `imported` aside.
 *
 * Never throws. A Java class, script or chooser becomes the task `aem:<name>` with the step's metadata as arguments; rules in the
 * usual words become CEL, others stay JavaScript and are listed. All metadata is kept word for word.
 *
 * Limits: 4,000,000 characters, 50,000 elements, 80 levels, 2,000 nodes; a document type is refused.
 *
 * @param options.file named in the report, and where the model's id comes from
 * @example
 * const { model, unbound } = importAem(text, { file: 'models/approve/.content.xml' })
 * unbound[0] // { file, line: 58, column: 17, node: 'node2', kind: 'java', name: 'com.example.Notify', task: 'aem:com.example.Notify' }
 */
export function importAem(text: string, { file }: { readonly file: string }): AemImport {
  const reading = readAem(text)
  if ('problem' in reading) return { problems: [reading.problem], unbound: [] }
  const findings = new Findings(file, reading)
  const model = toModel(reading, findings)
  const { unbound, assignments, notes } = findings
  const { nodes, transitions } = reading.runtime
  const report: AemReport = { file, form: reading.form, nodes: nodes.length, transitions: transitions.length, unbound, assignments, notes }
  return { ...(model === undefined ? {} : { model }), problems: sortProblems(findings.problems), unbound, report }
}
