import type { JsonValue, Model } from '../model.ts'
import { canonicalJson } from './canonical-json.ts'
import { importedContent } from './imported-content.ts'
import { sha256 } from './sha256.ts'

/**
 * Content hash of a model: 64 hexadecimal digits, the same for the same content whatever the layout, comments or key order of its
 * text, and whichever host computes it. Sync makes no new version when it is unchanged.
 *
 * Order counts where it has a meaning: of transitions of one node, of deadlines, of stages. The order of nodes and of transitions of
 * different nodes does not, nor does where a model was imported from. Titles count: they are what people see of a version.
 */
export function hashModel(model: Model): string {
  return sha256(canonicalJson(hashed(model) as JsonValue))
}

function hashed({ nodes, transitions, imported, ...head }: Model): unknown {
  const byId = Object.fromEntries(nodes.map((node) => [node.id, { ...node, goesTo: transitions.filter(({ from }) => from === node.id) }]))
  return { ...head, ...(imported === undefined ? {} : { imported: importedContent(imported) }), nodes: byId }
}
