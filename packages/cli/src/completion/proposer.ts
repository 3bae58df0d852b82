/** Values for the place of an argument, by its placeholder: what `millrace … INSTANCE` may be. Asked of the server, quickly or not at all. */
import { type Client, createClient } from '@millrace/client'
import type { ServerFlags, Terminal } from '../cli.ts'
import { shortId } from '../output/short-id.ts'
import { findServer } from '../server/find-server.ts'
import { readProfiles } from '../server/profiles.ts'
import { workItemId } from '../server/work-item-id.ts'

export interface Proposer {
  /** Values that may stand for a placeholder; empty where nothing is known, and for files and texts. */
  readonly propose: (placeholder: string, partial: string) => Promise<readonly string[]>
  /** What a proposed value is. */
  readonly about: (value: string) => string | undefined
}

interface Proposal {
  readonly value: string
  readonly about: string
}

interface Question {
  readonly terminal: Terminal
  readonly client: () => Promise<Client>
  readonly partial: string
  /** Words of the command that are neither flags nor the one to complete: `work-item`, `complete`, `4b7c21d0.1`. */
  readonly words: readonly string[]
}

/** Somebody has pressed Tab and waits: no answer is better than a late one. */
const PATIENCE_MS = 800
/** More than a person reads; who wants another types its beginning. */
const MOST = 50

/** @param argv what stands before the word to complete */
export const createProposer = (terminal: Terminal, argv: readonly string[]): Proposer => {
  const abouts = new Map<string, string>()
  let client: Promise<Client> | undefined
  const flags = flagsOf(argv)
  return {
    about: (value) => abouts.get(value),
    propose: async (placeholder, partial) => {
      const find = PLACEHOLDERS[placeholder]
      if (find === undefined) return []
      try {
        const words = wordsOf(argv)
        const proposals = await find({ terminal, partial, words, client: () => (client ??= openClient(terminal, flags)) })
        for (const { value, about } of proposals) abouts.set(value, about)
        return proposals.map(({ value }) => value)
      } catch {
        // Not signed in, no server, no such thing: Tab is no place to say so.
        return []
      }
    },
  }
}

const openClient = async (terminal: Terminal, flags: Pick<ServerFlags, 'url' | 'profile' | 'as'>): Promise<Client> => {
  const { url, token } = await findServer(terminal, flags)
  return createClient({
    baseUrl: url,
    attempts: 1,
    fetch: (address, init) => fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }),
    ...(token === undefined ? {} : { token }),
    ...(flags.as === undefined ? {} : { as: flags.as }),
  })
}

const flagsOf = (argv: readonly string[]): Pick<ServerFlags, 'url' | 'profile' | 'as'> => {
  const valueOf = (name: string): string | undefined => {
    const joined = argv.find((word) => word.startsWith(`--${name}=`))
    const at = argv.indexOf(`--${name}`)
    return joined === undefined ? (at < 0 || at === argv.length - 1 ? undefined : argv[at + 1]) : joined.slice(name.length + 3)
  }
  const [url, profile, as] = [valueOf('url'), valueOf('profile'), valueOf('as')]
  return { ...(url === undefined ? {} : { url }), ...(profile === undefined ? {} : { profile }), ...(as === undefined ? {} : { as }) }
}

/** Values of a command's own flags may be among them, where those stand before its arguments. */
const wordsOf = (argv: readonly string[]): readonly string[] =>
  argv.filter((word, at) => !word.startsWith('-') && !/^--(?:as|profile|url)$/.test(argv[at - 1] ?? ''))

const named = (values: readonly { readonly id: string; readonly title: string }[]): readonly Proposal[] =>
  values.map(({ id, title }) => ({ value: id, about: title }))

/** Short, as lists show them; whole for somebody who has begun with the beginning. */
const idThatFits = (id: string, partial: string): string => (partial !== '' && id.startsWith(partial) ? id : shortId(id))

const instances = async ({ client, partial }: Question): Promise<readonly Proposal[]> => {
  const { items } = await (await client()).instances.list({ limit: MOST })
  return items.map(({ id, title, workflow, status }) => ({
    value: idThatFits(id, partial),
    about: `${title}, ${workflow}, ${status.toLowerCase()}`,
  }))
}

const items = async ({ client, partial }: Question): Promise<readonly Proposal[]> => {
  const page = await (await client()).inbox.list({ view: 'open', limit: MOST })
  return page.items.map(({ id, title, workflowTitle }) => ({ value: idThatFits(id, partial), about: `${title}, ${workflowTitle}` }))
}

/** The item the command is about: its first argument. */
const itemOf = async ({ client, words }: Question) => {
  const [noun, , id] = words
  if (noun !== 'work-item' || id === undefined) return undefined
  const api = await client()
  return api.workItems.get(await workItemId(api, id))
}

/** What everybody may know: users and groups by name. */
const principals = async ({ client, partial }: Question, kind: 'user' | 'group'): Promise<readonly Proposal[]> => {
  const search = 'group:'.startsWith(partial) ? '' : partial.replace(/^group:/, '')
  const { items: found } = await (await client()).people.find({ search, limit: MOST })
  return found
    .filter(({ principal }) => principal.startsWith(`${kind}:`))
    .map(({ principal, title }) => ({ value: principal.slice(kind.length + 1), about: title }))
}

const people = (question: Question) => principals(question, 'user')
const groups = (question: Question) => principals(question, 'group')

const versions = async ({ client, words }: Question): Promise<readonly Proposal[]> => {
  const [, , model] = words
  if (model === undefined) return []
  const page = await (await client()).workflows.versions(model, { limit: MOST })
  return page.items.map(({ version, note, title }) => ({ value: String(version), about: note ?? title }))
}

const STATUSES = ['scheduled', 'queued', 'running', 'suspended', 'cancelling', 'completed', 'failed', 'aborted']

const PLACEHOLDERS: { readonly [placeholder: string]: (question: Question) => Promise<readonly Proposal[]> | readonly Proposal[] } = {
  WORKFLOW: async ({ client }) => named((await (await client()).workflows.list({ limit: MOST })).items),
  MODEL: async ({ client }) => named((await (await client()).models.list({ limit: MOST })).items),
  INSTANCE: instances,
  'INSTANCE [NAME=VALUE]': async (question) => (question.words.length > 2 ? [] : instances(question)),
  ITEM: items,
  ROUTE: async (question) => (await itemOf(question))?.routes.map(({ name, label }) => ({ value: name, about: label })) ?? [],
  NODE: async (question) => (await itemOf(question))?.back.map(({ node, title }) => ({ value: node, about: title })) ?? [],
  USER: people,
  GROUP: groups,
  'GROUP [USER]': (question) => (question.words.length > 2 ? people(question) : groups(question)),
  'GROUP USER': (question) => (question.words.length > 2 ? people(question) : groups(question)),
  WHO: async (question) => [
    ...(await people(question)),
    ...(await groups(question)).map(({ value, about }) => ({ value: `group:${value}`, about })),
  ],
  FROM: versions,
  TO: versions,
  TASK: async ({ client }) => (await (await client()).tasks.list()).items.map(({ name, title }) => ({ value: name, about: title })),
  TOKEN: async ({ client }) =>
    (await (await client()).tokens.list({ limit: MOST })).items.map(({ id, name, user }) => ({ value: id, about: `${name}, ${user}` })),
  BACKUP: async ({ client }) =>
    (await (await client()).backups.list()).items.map(({ name, createdAtMs }) => ({
      value: name,
      about: new Date(createdAtMs).toISOString(),
    })),
  STATUS: ({ partial }) => {
    // A list with commas: what stands before the last one stays.
    const before = partial.slice(0, partial.lastIndexOf(',') + 1)
    return STATUSES.map((status) => ({ value: `${before}${status}`, about: status }))
  },
  PROFILE: async ({ terminal }) =>
    Object.entries((await readProfiles(terminal.env)).profiles).map(([name, { url, user }]) => ({
      value: name,
      about: `${user} at ${url}`,
    })),
  SHELL: () => ['bash', 'zsh', 'fish'].map((shell) => ({ value: shell, about: `Completion for ${shell}` })),
}
