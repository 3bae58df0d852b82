/**
 * What a child of a design's parsys is. The metadata decides, not the resource type: custom steps carry any resource type.
 */
import { decodeName } from '../docview.ts'
import type { Metadata } from '../metadata.ts'
import { type AemNodeType, GOTO_PROCESS } from '../runtime/runtime.ts'
import type { XmlElement } from '../xml.ts'
import { child, filledProperty, metadataOf, property } from './element.ts'

export type DesignStep =
  | { readonly kind: 'step'; readonly type: AemNodeType; readonly metaData: Metadata; readonly missing?: string }
  | { readonly kind: 'split'; readonly split: 'OR' | 'AND'; readonly branches: readonly DesignBranch[]; readonly leftOver: number }
  /** `holdsSteps`: AEM drops it without a word, and the steps inside with it. */
  | { readonly kind: 'ignored'; readonly holdsSteps: boolean }

export interface DesignBranch {
  readonly number: number
  readonly rule?: string
  /** Attribute that holds the rule. */
  readonly ruleKey?: string
  readonly isDefault: boolean
  readonly name?: string
  readonly parsys?: XmlElement
}

export function readDesignStep(element: XmlElement): DesignStep {
  const resourceType = property(element, 'sling:resourceType') ?? ''
  const numbered = element.children.filter((below) => /^\d+$/.test(decodeName(below.name)))
  const split = splitKind(element, resourceType)
  if (split !== undefined) return readSplit(element, split, numbered)
  const metadataElement = child(element, 'metaData')
  const metaData = metadataOf(metadataElement)
  const type = typeByMetadata(metaData)
  if (isGotoStep(resourceType, metaData))
    return { kind: 'step', type: 'PROCESS', metaData: { PROCESS: GOTO_PROCESS, PROCESS_AUTO_ADVANCE: 'false', ...metaData } }
  if (type !== undefined) return { kind: 'step', type, metaData }
  const named = metadataElement === undefined ? undefined : typeByResource(resourceType)
  if (named !== undefined) return { kind: 'step', type: named, metaData, missing: named }
  return {
    kind: 'ignored',
    holdsSteps: numbered.some((branch) => branch.children.some((below) => readDesignStep(below).kind !== 'ignored')),
  }
}

/** Custom splits have other resource types but the attributes of the original. */
function splitKind(element: XmlElement, resourceType: string): 'OR' | 'AND' | undefined {
  if (resourceType.endsWith('/model/or')) return 'OR'
  if (resourceType.endsWith('/model/and')) return 'AND'
  if (property(element, 'branches') === undefined) return undefined
  return property(element, 'orSplit') === 'true' ? 'OR' : undefined
}

function readSplit(element: XmlElement, split: 'OR' | 'AND', numbered: readonly XmlElement[]): DesignStep {
  const declared = Number(property(element, 'branches') ?? numbered.length)
  // A count beyond the branches that are there is a typing error or an attack; empty branches are reported one by one.
  const count = Number.isInteger(declared) && declared >= 1 ? Math.min(declared, Math.max(numbered.length, 2)) : numbered.length
  const branches = [...Array(count).keys()].map((i) => readBranch(element, i + 1))
  const leftOver = numbered.filter((branch) => Number(decodeName(branch.name)) > count && branch.children.length > 0).length
  return { kind: 'split', split, branches, leftOver }
}

function readBranch(element: XmlElement, number: number): DesignBranch {
  const ruleKey = [`expression${number}`, `script${number}`, `scriptPath${number}`].find(
    (key) => filledProperty(element, key) !== undefined,
  )
  const rule = ruleKey === undefined ? undefined : filledProperty(element, ruleKey)
  const name = filledProperty(element, `branchName${number}`)
  const parsys = child(element, String(number))
  return {
    number,
    ...(rule === undefined || ruleKey === undefined ? {} : { rule, ruleKey }),
    isDefault: property(element, `default${number}`) === 'true',
    ...(name === undefined ? {} : { name }),
    ...(parsys === undefined ? {} : { parsys }),
  }
}

/** The type a step's metadata names, or undefined when it names none. */
export function typeByMetadata(metaData: Metadata): AemNodeType | undefined {
  const has = (key: string): boolean => Object.hasOwn(metaData, key)
  if (has('DYNAMIC_PARTICIPANT')) return 'DYNAMIC_PARTICIPANT'
  if (has('EXTERNAL_PROCESS')) return 'EXTERNAL_PROCESS'
  if (has('CONTAINER')) return 'CONTAINER'
  if (has('PARTICIPANT') && !has('PROCESS')) return 'PARTICIPANT'
  return has('PROCESS') ? 'PROCESS' : undefined
}

function typeByResource(resourceType: string): AemNodeType | undefined {
  const name = /\/model\/(process|participant|dynamic_participant|external_process|container)$/.exec(resourceType)?.[1]
  return name?.toUpperCase() as AemNodeType | undefined
}

function isGotoStep(resourceType: string, metaData: Metadata): boolean {
  return resourceType.endsWith('/model/goto') || Object.hasOwn(metaData, 'TARGET_NODE_PATH')
}
