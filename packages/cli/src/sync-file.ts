/** Publishes one file. A problem of the file is part of the answer, so that the others of a project are synced all the same. */

import { basename, resolve } from 'node:path'
import type { Client } from '@millrace/client'
import type { Problem } from '@millrace/protocol'
import { MillraceError } from '@millrace/protocol/error'
import { readText } from './input/read-text.ts'

export interface SyncedFile {
  readonly file: string
  readonly workflow?: string
  readonly version?: number
  readonly isNew?: boolean
  readonly problems: readonly Partial<Problem>[]
  readonly error?: { readonly code: string; readonly message: string }
}

interface Options {
  readonly cwd: string
  readonly note: string | undefined
  /** Overwrite a draft that somebody changed on the server. */
  readonly force: boolean
}

/** @throws MillraceError when the server cannot be reached or does not let this person publish: no other file would fare better. */
export async function syncFile(client: Client, file: string, options: Options): Promise<SyncedFile> {
  const path = resolve(options.cwd, file)
  try {
    return /\.workflow\.[cm]?[jt]s$/.test(path)
      ? await syncCode(client, { file, path, note: options.note })
      : await syncModel(client, { file, path }, options)
  } catch (error) {
    if (!(error instanceof MillraceError) || isAboutAll(error)) throw error
    const problems = error.details['problems']
    return {
      file,
      problems: Array.isArray(problems) ? (problems as readonly Problem[]) : [],
      error: { code: error.code, message: error.message },
    }
  }
}

const isAboutAll = ({ code, details }: MillraceError): boolean =>
  code === 'UNREACHABLE' ||
  code === 'UNAUTHENTICATED' ||
  code === 'FORBIDDEN' ||
  (code === 'HOST_STOPPING' && details['problems'] === undefined)

const syncModel = async (
  client: Client,
  { file, path }: { readonly file: string; readonly path: string },
  { note, force }: Options,
): Promise<SyncedFile> => {
  const text = await readText(path)
  const format = path.endsWith('.json') ? 'json' : 'yaml'
  // First checked, then saved: a text with errors must not stand in the place of a draft that had none.
  const { ok, id, problems } = await client.models.checkText({ text, format })
  if (!ok || id === undefined) {
    const count = problems.filter(({ severity }) => severity === 'error').length
    throw new MillraceError('MODEL_INVALID', `${basename(file)} has ${count === 1 ? 'an error' : `${count} errors`}.`, {
      details: { problems },
    })
  }
  await saveDraft(client, id, { text, format, force })
  const answer = await client.models.sync(id, note === undefined ? {} : { note })
  return { file, workflow: answer.workflow, version: answer.version, isNew: answer.isNew, problems: answer.problems }
}

const saveDraft = async (
  client: Client,
  id: string,
  { text, format, force }: { readonly text: string; readonly format: 'yaml' | 'json'; readonly force: boolean },
): Promise<void> => {
  const model = await existing(client, id)
  const draft = model?.draft
  if (draft?.text === text) return
  if (draft === undefined) {
    await client.models.save(id, { text, format }, { ifNoneMatch: true })
    return
  }
  if (model?.draftChanged === true && !force) {
    throw new MillraceError(
      'STALE_ETAG',
      `${draft.updatedBy} changed the draft of ${id} on the server, and the change is in no version. Look at it with "millrace model diff ${id}"; overwrite it with --force.`,
    )
  }
  await client.models.save(id, { text, format }, { ifMatch: draft.etag })
}

const existing = async (client: Client, id: string) => {
  try {
    return await client.models.get(id)
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'NOT_FOUND') return undefined
    throw error
  }
}

const syncCode = async (
  client: Client,
  { file, path, note }: { readonly file: string; readonly path: string; readonly note: string | undefined },
): Promise<SyncedFile> => {
  const { bundleWorkflow } = await import('@millrace/runner/bundle')
  const { id, bundle, title, source, hash, abi, inputSchema, starters, locks, retention, tasks } = await bundleWorkflow(path)
  const answer = await client.workflows.sync(id, {
    title,
    source,
    bundle: Buffer.from(bundle).toString('base64'),
    hash,
    abi,
    inputSchema: inputSchema as { readonly [name: string]: never } | undefined,
    starters: starters === undefined ? undefined : [...starters],
    locks: locks === undefined ? undefined : [...locks],
    retention,
    tasks: [...tasks],
    note,
  })
  return { file, workflow: answer.workflow, version: answer.version, isNew: answer.isNew, problems: answer.problems }
}
