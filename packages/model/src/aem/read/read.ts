import type { Position, Problem } from '../../problem.ts'
import { decodeName } from '../docview.ts'
import { readXml, type XmlElement } from '../xml.ts'
import { readDesign } from './design.ts'
import { child, property } from './element.ts'
import { type Reading, START_OF_FILE } from './reading.ts'
import { readRuntimeJson } from './runtime-json.ts'
import { readRuntimeXml } from './runtime-xml.ts'

/** Reads any of the three forms of a model, told apart by what is in the text. */
export function readAem(text: string): Reading | { readonly problem: Problem } {
  if (/^\ufeff?\s*[[{]/.test(text)) return readRuntimeJson(text.replace(/^\ufeff/, ''))
  const xml = readXml(text)
  return 'problem' in xml ? xml : readRoot(xml.root)
}

function readRoot(root: XmlElement): Reading | { readonly problem: Problem } {
  const content = child(root, 'jcr:content')
  const flow = child(content, 'flow')
  if (content !== undefined && flow !== undefined) return readDesign(content, flow)
  const model = [root, child(root, 'model'), child(content, 'model')].find((element) => isRuntime(element))
  return model === undefined ? { problem: notAModel(root) } : readRuntimeXml(model)
}

function isRuntime(element: XmlElement | undefined): element is XmlElement {
  return element !== undefined && property(element, 'jcr:primaryType') === 'cq:WorkflowModel'
}

const OTHER_FILES: { readonly [primaryType: string]: string } = {
  'cq:WorkflowLauncher': 'a launcher, not a model',
  'cq:Workflow': 'a workflow instance, not a model',
  'cq:Page': 'a page without a flow, so no workflow model',
}

function notAModel(root: XmlElement): Problem {
  const type = property(root, 'jcr:primaryType')
  const place: Position = { line: root.line, column: root.column }
  const known = type === undefined ? undefined : OTHER_FILES[type]
  return {
    ...START_OF_FILE,
    ...place,
    code: 'AEM_NOT_A_MODEL',
    severity: 'error',
    message: `The file is ${known ?? `<${decodeName(root.name)}>${type === undefined ? '' : ` of type ${type}`}, not a workflow model`}.`,
    hint: 'Give the .content.xml of a design page, a file of /var/workflow/models, or the JSON of the REST API.',
  }
}
