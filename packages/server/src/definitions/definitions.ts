/**
 * Models and code workflows as lists and pages show them, put together from drafts, versions and use.
 *
 * Owns: who may see which. Does not own: the rows (store), what is right in a text (host).
 */
import {
  type DraftRow,
  type Host,
  MillraceError,
  type Reader,
  type Store,
  type Version,
  type VersionRow,
  type VersionSummary,
  type WorkflowSummary,
} from '@millrace/protocol'
import type { Caller } from '../access/caller.ts'
import { mayCall } from '../access/policy.ts'
import { withoutUndefined } from '../without-undefined.ts'
import { contentOf, mayStart } from './content.ts'

type Latest = Omit<VersionRow, 'source'>
type Usage = { readonly open: number; readonly total: number; readonly incidents: number }

/** Hashes of drafts remembered; a text is parsed once, not at every list. */
const MOST_HASHES = 2_000

export class Definitions {
  readonly #host: Host
  readonly #store: Store
  readonly #workspace: string
  readonly #hashes = new Map<string, string | undefined>()

  constructor(options: { readonly host: Host; readonly store: Store; readonly workspace: string }) {
    this.#host = options.host
    this.#store = options.store
    this.#workspace = options.workspace
  }

  /** Everything this person may see, by id. Members: what they may start. */
  async list(caller: Caller, filter: { readonly kind?: 'graph' | 'code' | undefined } = {}): Promise<readonly WorkflowSummary[]> {
    const [latest, drafts, usage, position] = await Promise.all([
      this.#store.definitions.latest(this.#workspace),
      this.#store.definitions.drafts(this.#workspace),
      this.#store.definitions.usage(this.#workspace),
      this.#store.queries.position(),
    ])
    const versions = new Map(latest.map((row) => [row.workflow, row]))
    const draftOf = new Map(drafts.map((row) => [row.id, row]))
    const rows: WorkflowSummary[] = []
    for (const id of new Set([...versions.keys(), ...draftOf.keys()])) {
      const [version, draft] = [versions.get(id), draftOf.get(id)]
      if (filter.kind !== undefined && (version?.kind ?? 'graph') !== filter.kind) continue
      if (!mayCall('staff', caller.roles) && (version === undefined || !mayStart(caller.reader, contentOf(version.content)))) continue
      rows.push(await this.#summary(id, { version, draft, usage: usage.get(id), reader: caller.reader, position }))
    }
    return rows
  }

  /** @throws MillraceError NOT_FOUND, also when the person may not see it. */
  async get(caller: Caller, id: string, kind?: 'graph'): Promise<WorkflowSummary> {
    const [version, draft] = await Promise.all([
      this.#store.definitions.version(this.#workspace, id),
      this.#store.definitions.draft(this.#workspace, id),
    ])
    if ((version === undefined && draft === undefined) || (kind !== undefined && (version?.kind ?? 'graph') !== kind))
      throw noSuchWorkflow(id)
    await this.#requireVisible(caller, id, version)
    const [usage, position] = await Promise.all([this.#store.definitions.usage(this.#workspace), this.#store.queries.position()])
    return this.#summary(id, { version, draft, usage: usage.get(id), reader: caller.reader, position })
  }

  /** Newest first. @throws MillraceError NOT_FOUND. */
  async versions(caller: Caller, id: string): Promise<readonly VersionSummary[]> {
    await this.#requireVisible(caller, id, await this.#store.definitions.version(this.#workspace, id))
    const rows = await this.#store.definitions.versions(this.#workspace, id)
    return rows.map(({ open, total, workspace: _workspace, bundle: _bundle, ...row }) => ({ ...row, instances: { open, total } }))
  }

  /** Its text and source for staff only. @throws MillraceError NOT_FOUND. */
  async version(caller: Caller, id: string, number: number): Promise<Version> {
    const row = await this.#store.definitions.version(this.#workspace, id, number)
    if (row === undefined)
      throw new MillraceError('NOT_FOUND', `There is no version ${number} of ${id} that you may see. GET /api/v1/workflows/${id}/versions`)
    await this.#requireVisible(caller, id, row)
    const { content, source, workspace: _workspace, bundle: _bundle, ...rest } = row
    const summary = (await this.#store.definitions.versions(this.#workspace, id)).find((each) => each.version === number)
    const { inputSchema } = contentOf(content)
    return {
      ...rest,
      instances: { open: summary?.open ?? 0, total: summary?.total ?? 0 },
      ...(row.kind === 'graph' ? { model: content as NonNullable<Version['model']> } : {}),
      ...(inputSchema === undefined ? {} : { inputSchema }),
      ...(mayCall('staff', caller.roles) ? { source } : {}),
    }
  }

  /** Staff see all; others what they may start, or have met in an instance. */
  async #requireVisible(caller: Caller, id: string, version: Latest | undefined): Promise<void> {
    if (mayCall('staff', caller.roles)) return
    if (version !== undefined && (mayStart(caller.reader, contentOf(version.content)) || (await this.#hasMet(caller.reader, id)))) return
    throw noSuchWorkflow(id)
  }

  async #hasMet(reader: Reader, workflow: string): Promise<boolean> {
    const page = await this.#store.queries.instances({ workspace: this.#workspace, reader, workflow }, { limit: 1 })
    return page.items.length > 0
  }

  async #summary(
    id: string,
    of: {
      readonly version: Latest | undefined
      readonly draft: Omit<DraftRow, 'text'> | undefined
      readonly usage: Usage | undefined
      readonly reader: Reader
      readonly position: number
    },
  ): Promise<WorkflowSummary> {
    const { version, draft, usage } = of
    const content = contentOf(version?.content ?? null)
    return withoutUndefined({
      id,
      kind: version?.kind ?? 'graph',
      title: version?.title ?? draft?.title ?? id,
      description: content.description,
      latest: version?.version,
      hasDraft: draft !== undefined,
      draftChanged: draft !== undefined && (version === undefined || (await this.#hashOf(draft)) !== version.hash),
      payload: content.payload,
      tags: [...content.tags],
      instances: { open: usage?.open ?? 0, incidents: usage?.incidents ?? 0 },
      updatedAtMs: Math.max(version?.syncedAtMs ?? 0, draft?.updatedAtMs ?? 0),
      canStart: version !== undefined && mayStart(of.reader, content),
      seq: of.position,
    })
  }

  /** What a Sync of the draft would be named by; undefined while it has errors. */
  async #hashOf({ id, etag, format }: Omit<DraftRow, 'text'>): Promise<string | undefined> {
    const key = `${id} ${etag}`
    if (this.#hashes.has(key)) return this.#hashes.get(key)
    const draft = await this.#store.definitions.draft(this.#workspace, id)
    const hash = draft === undefined ? undefined : (await this.#host.checkModel(this.#workspace, draft.text, format)).hash
    if (this.#hashes.size >= MOST_HASHES) this.#hashes.clear()
    this.#hashes.set(key, hash)
    return hash
  }
}

export const noSuchWorkflow = (id: string): MillraceError =>
  new MillraceError('NOT_FOUND', `There is no workflow ${id} that you may see. GET /api/v1/workflows lists them.`)
