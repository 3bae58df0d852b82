/**
 * Designs and runtime models written by hand, from the grammar of both forms (design/AEM.md 1.6 and 1.7). Nothing here uses the
 * importer or the exporter, so that the tests compare two independent writings.
 */
export interface Properties {
  readonly [name: string]: string
}

const NAMESPACES =
  'xmlns:sling="http://sling.apache.org/jcr/sling/1.0" xmlns:cq="http://www.day.com/jcr/cq/1.0" xmlns:jcr="http://www.jcp.org/jcr/1.0" xmlns:nt="http://www.jcp.org/jcr/nt/1.0"'

/** A design page around the elements of its flow. */
export function designPage(
  title: string,
  flow: readonly string[],
  { properties = {}, variables = '' }: { properties?: Properties; variables?: string } = {},
): string {
  const head = attributes({
    'cq:template': '/libs/cq/workflow/templates/model',
    'jcr:primaryType': 'cq:PageContent',
    'jcr:title': title,
    ...properties,
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<jcr:root ${NAMESPACES} jcr:primaryType="cq:Page">
  <jcr:content${head} sling:resourceType="cq/workflow/components/pages/model">
    <flow jcr:primaryType="nt:unstructured" sling:resourceType="foundation/components/parsys">
${flow.join('\n')}
    </flow>${variables}
  </jcr:content>
</jcr:root>
`
}

/** A step of a design; `name` is its node name, which goto paths use. */
export function step(
  name: string,
  title: string,
  metaData: Properties,
  { resourceType = 'cq/workflow/components/model/process', description = '' } = {},
): string {
  const own = attributes({
    'jcr:title': title,
    ...(description === '' ? {} : { 'jcr:description': description }),
    'sling:resourceType': resourceType,
  })
  return `<${name} jcr:primaryType="nt:unstructured"${own}><metaData jcr:primaryType="nt:unstructured"${attributes(metaData)}/></${name}>`
}

export function process(name: string, title: string): string {
  return step(name, title, { PROCESS: `com.example.${name}`, PROCESS_AUTO_ADVANCE: 'true' })
}

export function participant(name: string, title: string, who: string): string {
  return step(name, title, { PARTICIPANT: who }, { resourceType: 'cq/workflow/components/model/participant' })
}

/** A split with the elements of each branch. */
export function split(kind: 'or' | 'and', branches: readonly (readonly string[])[], properties: Properties = {}): string {
  const own = attributes({ branches: String(branches.length), ...(kind === 'or' ? { orSplit: 'true' } : {}), ...properties })
  const inside = branches.map((steps, i) => {
    const name = `_x003${i + 1}_`
    return `<${name} jcr:primaryType="nt:unstructured" sling:resourceType="cq/flow/components/parsys">${steps.join('\n')}</${name}>`
  })
  return `<${kind} jcr:primaryType="nt:unstructured" jcr:title="a split" sling:resourceType="cq/workflow/components/model/${kind}"${own}>${inside.join('\n')}</${kind}>`
}

/** `[type, title, metaData]` of node0, node1, … in order. */
export type WrittenNode = readonly [type: string, title: string, metaData?: Properties]
/** `[from, to, rule, isDefault]` by the numbers of the nodes. */
export type WrittenTransition = readonly [from: number, to: number, rule?: string, isDefault?: boolean]

/** A runtime model as `/var/workflow/models` holds it. */
export function runtimePage(
  title: string,
  nodes: readonly WrittenNode[],
  transitions: readonly WrittenTransition[],
  { metaData = {}, variables = '' }: { metaData?: Properties; variables?: string } = {},
): string {
  const nodeElements = nodes.map(
    ([type, name, own = {}], i) =>
      `<node${i} jcr:primaryType="cq:WorkflowNode"${attributes({ title: name, type })}><metaData jcr:primaryType="nt:unstructured"${attributes(own)}/></node${i}>`,
  )
  const transitionElements = transitions.map(([from, to, rule, isDefault]) => {
    const name = `node${from}_x0023_node${to}`
    const own = attributes({ from: `node${from}`, to: `node${to}`, ...(rule === undefined ? {} : { rule }) })
    const inside = attributes(isDefault === undefined ? {} : { isDefault: String(isDefault) })
    return `<${name} jcr:primaryType="cq:WorkflowTransition"${own}><metaData jcr:primaryType="nt:unstructured"${inside}/></${name}>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<jcr:root ${NAMESPACES} jcr:primaryType="cq:WorkflowModel" sling:resourceType="cq/workflow/components/model"${attributes({ title, description: 'No Description' })}>
  <metaData jcr:primaryType="nt:unstructured"${attributes(metaData)}/>${variables}
  <nodes jcr:primaryType="nt:unstructured">
${nodeElements.join('\n')}
  </nodes>
  <transitions jcr:primaryType="nt:unstructured">
${transitionElements.join('\n')}
  </transitions>
</jcr:root>
`
}

function attributes(properties: Properties): string {
  return Object.entries(properties)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join('')
}

/** For XML, and for DocView: a backslash, and braces or brackets at the beginning. */
function escape(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/^[[{]/, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xd;')
    .replaceAll('\n', '&#xa;')
    .replaceAll('\t', '&#x9;')
}
