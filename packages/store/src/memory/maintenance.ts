import { isFinal } from '@millrace/kernel'
import { type MaintenanceStore, MillraceError } from '@millrace/protocol'
import { QUARTER_MS } from '../projections/activity.ts'
import { ACTIVITY_RETENTION_MS, ANSWER_RETENTION_MS, FEED_RETENTION_MS, MESSAGE_RETENTION_MS } from '../retention.ts'
import type { Tables } from './tables.ts'

export const memoryMaintenance = (tables: Tables): MaintenanceStore => ({
  backup: async () => {
    throw new MillraceError('BAD_REQUEST', 'A store in memory has no file to back up. Open one with a path.')
  },
  purge: async ({ workspace, workflow, endedBeforeMs, limit }) => {
    const ended = [...tables.instances.values()]
      .map(({ state }) => state)
      .filter((state) => state.workspace === workspace && state.workflow === workflow && isFinal(state.status))
      .filter((state) => (state.endedAtMs ?? Number.POSITIVE_INFINITY) < endedBeforeMs)
      .slice(0, limit)
    for (const state of ended) {
      tables.instances.delete(state.id)
      const { workflow, version, status, title, createdAtMs, endedAtMs = 0 } = state
      tables.purged.set(state.id, { workspace, workflow, version, status, title, createdAtMs, endedAtMs })
    }
    return ended.length
  },
  expire: async (nowMs) => {
    const kept = tables.feed.findIndex((event) => event.atMs >= nowMs - FEED_RETENTION_MS)
    const dropped = tables.feed.splice(0, kept === -1 ? tables.feed.length : kept)
    tables.feedFloor = dropped.at(-1)?.seq ?? tables.feedFloor
    for (const [id, message] of tables.messages) if (message.atMs < nowMs - MESSAGE_RETENTION_MS) tables.messages.delete(id)
    for (const [key, answer] of tables.answers) if (answer.atMs < nowMs - ANSWER_RETENTION_MS) tables.answers.delete(key)
    for (const [hash, session] of tables.sessions) if (session.expiresAtMs <= nowMs) tables.sessions.delete(hash)
    const oldest = Math.floor((nowMs - ACTIVITY_RETENTION_MS) / QUARTER_MS)
    for (const [key, { quarter }] of tables.activity) if (quarter < oldest) tables.activity.delete(key)
  },
  checkpoint: async () => undefined,
  setting: async (name) => tables.settings.get(name),
  saveSetting: async (name, value) => void tables.settings.set(name, value),
  facts: async () => ({ bytes: 0, walBytes: 0, format: 0 }),
})
