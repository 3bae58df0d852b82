/**
 * Sync: walks a design page in document order and numbers what it meets, as AEM does (design/AEM.md 1.7).
 *
 * node0 is the start. A split takes a number, its join the next one, then come the steps of the branches. A goto emits only the
 * transition of its fall-through; the jump is in its metadata. The last node is the end.
 */
import type { Position, Problem } from '../../problem.ts'
import { decodeName } from '../docview.ts'
import { type Metadata, textOf, textsOf, without } from '../metadata.ts'
import { type AemNode, type AemNodeType, type AemRuntime, type AemTransition, isGoto, transitionNames } from '../runtime/runtime.ts'
import type { XmlElement } from '../xml.ts'
import { reportEmptyBranch, reportIgnored, reportLeftOver, reportMissing, reportOrder, reportTarget } from './design-problems.ts'
import { type DesignBranch, type DesignStep, readDesignStep } from './design-step.ts'
import { child, filledProperty, metadataOf, property } from './element.ts'
import type { Reading } from './reading.ts'
import { entryPlaces, readVariables } from './runtime-xml.ts'

/** What is written so far. */
interface Sync {
  readonly nodes: AemNode[]
  readonly transitions: AemTransition[]
  readonly rulePlaces: (Position | undefined)[]
  readonly nodePlaces: Map<string, Position>
  readonly entryPlaces: Map<string, Position>
  /** Node id by path below jcr:content: `flow/or/1/approve`. */
  readonly idsByPath: Map<string, string>
  readonly problems: Problem[]
}

/** Where the next transition leaves from, and what it says. */
interface Exit {
  readonly from: string
  readonly rule?: string
  readonly rulePlace?: Position
  readonly metaData?: Metadata
}

/** Reads the `jcr:content` of a `cq:Page` with template `cq/workflow/templates/model`. */
export function readDesign(content: XmlElement, flow: XmlElement): Reading {
  const sync: Sync = {
    nodes: [],
    transitions: [],
    rulePlaces: [],
    nodePlaces: new Map(),
    entryPlaces: new Map(),
    idsByPath: new Map(),
    problems: [],
  }
  addNode(sync, { type: 'START', title: 'Start', metaData: {} }, flow)
  const last = walkSteps(sync, flow, { path: 'flow', exit: { from: 'node0' } })
  connect(sync, last, addNode(sync, { type: 'END', title: 'End', metaData: {} }, flow))
  const nodes = sync.nodes.map((node) => (isGoto(node) ? withTargetId(sync, node) : node))
  const names = transitionNames(sync.transitions)
  return {
    form: 'design',
    runtime: { ...describe(content), nodes, transitions: sync.transitions },
    places: {
      nodes: sync.nodePlaces,
      entries: sync.entryPlaces,
      rules: new Map(sync.rulePlaces.flatMap((place, i) => (place === undefined ? [] : [[names[i] ?? '', place]]))),
    },
    problems: sync.problems,
  }
}

function walkSteps(sync: Sync, parsys: XmlElement, { path, exit }: { readonly path: string; readonly exit: Exit }): Exit {
  let next = exit
  for (const element of parsys.children) {
    const step = readDesignStep(element)
    const here = `${path}/${decodeName(element.name)}`
    if (step.kind === 'ignored') reportIgnored(sync, element, step.holdsSteps)
    else if (step.kind === 'step') next = addStep(sync, element, { step, path: here, exit: next })
    else next = addSplit(sync, element, { step, path: here, exit: next })
  }
  return next
}

interface Place<Step> {
  readonly step: Step
  readonly path: string
  readonly exit: Exit
}

function addStep(sync: Sync, element: XmlElement, { step, path, exit }: Place<Extract<DesignStep, { kind: 'step' }>>): Exit {
  const description = filledProperty(element, 'jcr:description')
  const title = property(element, 'jcr:title') ?? decodeName(element.name)
  const node = { type: step.type, title, ...(description === undefined ? {} : { description }), metaData: step.metaData }
  const id = addNode(sync, node, element)
  sync.idsByPath.set(path, id)
  for (const [key, place] of entryPlaces(id, child(element, 'metaData'))) sync.entryPlaces.set(key, place)
  if (step.missing !== undefined) reportMissing(sync, element, { id, title, key: step.missing })
  connect(sync, exit, id)
  return { from: id }
}

function addSplit(sync: Sync, element: XmlElement, { step, path, exit }: Place<Extract<DesignStep, { kind: 'split' }>>): Exit {
  const { split } = step
  // The author's title of a split is lost in a runtime model, so it is not used here either: both forms give one model.
  const id = addNode(sync, { type: `${split}_SPLIT` as AemNodeType, title: `${split}_SPLIT`, metaData: {} }, element)
  const join = addNode(sync, { type: `${split}_JOIN` as AemNodeType, title: `${split}_JOIN`, metaData: {} }, element)
  sync.idsByPath.set(path, id)
  connect(sync, exit, id)
  for (const branch of step.branches) {
    const start: Exit = {
      from: id,
      ...ruleOf(element, branch),
      ...(split === 'OR' ? { metaData: { isDefault: String(branch.isDefault) } } : {}),
    }
    const end = branch.parsys === undefined ? start : walkSteps(sync, branch.parsys, { path: `${path}/${branch.number}`, exit: start })
    if (end === start) reportEmptyBranch(sync, branch.parsys ?? element, { id, branch })
    connect(sync, end, join)
  }
  if (step.leftOver > 0) reportLeftOver(sync, element, { id, count: step.leftOver })
  reportOrder(sync, element, id)
  return { from: join }
}

function ruleOf(element: XmlElement, branch: DesignBranch): Pick<Exit, 'rule' | 'rulePlace'> {
  if (branch.rule === undefined || branch.ruleKey === undefined) return { rule: '' }
  return { rule: branch.rule, rulePlace: element.attributes.get(branch.ruleKey) ?? element }
}

function addNode(sync: Sync, node: Omit<AemNode, 'id'>, place: Position): string {
  const id = `node${sync.nodes.length}`
  sync.nodes.push({ id, ...node })
  sync.nodePlaces.set(id, place)
  return id
}

function connect(sync: Sync, exit: Exit, to: string): void {
  sync.transitions.push({ from: exit.from, to, rule: exit.rule ?? '', metaData: exit.metaData ?? {} })
  sync.rulePlaces.push(exit.rulePlace)
}

/** The target is found by its path inside the page, so a copied or moved design still works (AEM's does not). */
function withTargetId(sync: Sync, node: AemNode): AemNode {
  const path = textOf(node.metaData, 'TARGET_NODE_PATH')
  const inside = path === undefined ? undefined : /(?:^|\/)(?:_?jcr[:_]content\/)?(flow\/.*)$/.exec(path)?.[1]
  const target = inside === undefined ? undefined : sync.idsByPath.get(inside)
  if (target !== undefined) return { ...node, metaData: { ...node.metaData, TARGET_NODE_ID: target } }
  if (path !== undefined || textOf(node.metaData, 'TARGET_NODE_ID') === undefined) reportTarget(sync, node, path)
  return path === undefined ? node : { ...node, metaData: without(node.metaData, ['TARGET_NODE_ID']) }
}

/** Page properties that say how the page is drawn, not what the model is. */
const PAGE_PROPERTIES = ['cq:template', 'cq:designPath', 'cq:tags', 'title', 'description']

function describe(content: XmlElement): Pick<AemRuntime, 'title' | 'description' | 'metaData' | 'variables'> {
  const properties = metadataOf({ ...content, children: [] })
  const kept = Object.entries(properties).filter(([key]) => !/^(?:jcr|sling):/.test(key) && !PAGE_PROPERTIES.includes(key))
  const tags = textsOf(properties, 'cq:tags').map((tag) => tag.replace(/^workflow:/, '').replace(/[/:]/g, '.'))
  const description = filledProperty(content, 'jcr:description')
  return {
    title: property(content, 'jcr:title') ?? '',
    ...(description === undefined ? {} : { description }),
    metaData: { ...Object.fromEntries(kept), ...(tags.length === 0 ? {} : { tags: tags.join(',') }) },
    variables: readVariables(child(content, 'variables')),
  }
}
