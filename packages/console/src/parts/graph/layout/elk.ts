import type { ELK } from 'elkjs/lib/elk-api.js'
import type { Graph } from '../graph.ts'
import { fromElk, toElk } from './elk-graph.ts'
import type { Layout } from './layout.ts'

let elk: Promise<ELK> | undefined

/** Draws a graph with elk in a worker of its own, which is loaded at the first call. Undefined when that fails: there is always `layout`. */
export async function elkLayout(graph: Graph): Promise<Layout | undefined> {
  elk ??= loadElk()
  try {
    return fromElk(graph, await (await elk).layout(toElk(graph)))
  } catch {
    return undefined
  }
}

async function loadElk(): Promise<ELK> {
  const [{ default: Elk }, { default: ElkWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ])
  return new Elk({ workerFactory: () => new ElkWorker() })
}
