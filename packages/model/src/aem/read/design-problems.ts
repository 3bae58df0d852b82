/** What a walk through a design has to say, in sentences. */
import type { Position, Problem } from '../../problem.ts'
import { decodeName } from '../docview.ts'
import { textsOf } from '../metadata.ts'
import type { AemProblemCode } from '../problem-code.ts'
import type { AemNode } from '../runtime/runtime.ts'
import type { XmlElement } from '../xml.ts'
import type { DesignBranch } from './design-step.ts'
import { metadataOf, property } from './element.ts'

export interface DesignNotes {
  readonly problems: Problem[]
  readonly nodePlaces: ReadonlyMap<string, Position>
  readonly entryPlaces: ReadonlyMap<string, Position>
}

export function reportIgnored(notes: DesignNotes, element: XmlElement, holdsSteps: boolean): void {
  const what = `${decodeName(element.name)} (${property(element, 'sling:resourceType') ?? 'no resource type'})`
  if (!holdsSteps) {
    report(notes, element, {
      code: 'AEM_STEP_IGNORED',
      severity: 'warning',
      message: `${what} is no workflow step and is left out, as AEM does.`,
    })
    return
  }
  report(notes, element, {
    code: 'AEM_SPLIT_UNKNOWN',
    severity: 'error',
    message: `${what} holds branches with steps, but is no split that Sync knows: AEM would drop it and the steps inside without a word.`,
    hint: 'Set sling:resourceType to cq/workflow/components/model/or or …/and.',
  })
}

export function reportMissing(
  notes: DesignNotes,
  element: XmlElement,
  { id, title, key }: { readonly id: string; readonly title: string; readonly key: string },
): void {
  report(notes, element, {
    code: 'AEM_FIELD_MISSING',
    severity: 'warning',
    node: id,
    message: `Step "${title}" does not say what it is for: its metadata has no ${key}. AEM refuses to sync it.`,
    hint: `Bind or replace node ${id} after the import.`,
  })
}

export function reportEmptyBranch(
  notes: DesignNotes,
  place: Position,
  { id, branch }: { readonly id: string; readonly branch: DesignBranch },
): void {
  report(notes, place, {
    code: 'AEM_BRANCH_EMPTY',
    severity: 'warning',
    node: id,
    message: `Branch ${branch.number}${branch.name === undefined ? '' : ` (${branch.name})`} of the split has no step and leads straight to its join. AEM refuses to sync it.`,
  })
}

export function reportLeftOver(
  notes: DesignNotes,
  element: XmlElement,
  { id, count }: { readonly id: string; readonly count: number },
): void {
  report(notes, element, {
    code: 'AEM_BRANCH_IGNORED',
    severity: 'warning',
    node: id,
    message: `${count} more ${count === 1 ? 'branch has' : 'branches have'} steps than the split says it has branches; they are left out.`,
    hint: 'Raise the attribute "branches" if they belong to the model.',
  })
}

export function reportOrder(notes: DesignNotes, element: XmlElement, id: string): void {
  const order = textsOf(metadataOf({ ...element, children: [] }), 'branchOrder').flatMap((text) => text.replace(/[[\]\s]/g, '').split(','))
  if (order.every((place, i) => place === '' || Number(place) === i)) return
  report(notes, element, {
    code: 'AEM_BRANCH_ORDER',
    severity: 'warning',
    node: id,
    message: `The split shows its branches in the order ${order.join(', ')}, but they are imported in the order of their numbers.`,
    hint: 'Compare with the runtime model, whose order is the one AEM evaluates.',
  })
}

export function reportTarget(notes: DesignNotes, node: AemNode, path: string | undefined): void {
  report(notes, notes.entryPlaces.get(`${node.id}/TARGET_NODE_PATH`) ?? notes.nodePlaces.get(node.id) ?? { line: 1, column: 1 }, {
    code: 'AEM_GOTO_TARGET',
    severity: 'error',
    node: node.id,
    message:
      path === undefined
        ? `Goto "${node.title}" names no target.`
        : `Goto "${node.title}" jumps to ${path}, but no step of this design is there.`,
    hint: 'Choose the step again in the Goto step and export the model.',
  })
}

function report(notes: DesignNotes, place: Position, problem: Omit<Problem, 'line' | 'column'> & { readonly code: AemProblemCode }): void {
  notes.problems.push({ line: place.line, column: place.column, ...problem })
}
