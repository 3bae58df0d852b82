/**
 * Hands published messages to whoever waits. A message is a row first (kept in the commit that published it), so that none is lost between publisher and
 * receiver; a message nobody waits for stays kept until somebody does.
 */
import type { Fact } from '@millrace/kernel'
import type { KeptMessage, Store } from '@millrace/protocol'
import type { Unit } from '../tick/unit.ts'

export interface MessageRouter {
  /** Messages were kept, or steps began to wait for one. */
  route(kept: readonly KeptMessage[], opened: readonly { readonly workspace: string; readonly fact: Fact }[]): Promise<void>
  /** After a restart: messages and waits that found no time to meet. */
  recover(): Promise<void>
}

const PAGE = 500

export const openMessageRouter = (ports: { readonly store: Store; readonly submit: (unit: Unit) => void }): MessageRouter => {
  const { store, submit } = ports
  /** On their way: a message is not handed over twice while its commit is still to come. */
  const onTheWay = new Set<number>()
  const toWaiters = async (message: KeptMessage & { readonly id: number }): Promise<void> => {
    if (onTheWay.has(message.id)) return
    onTheWay.add(message.id)
    const waiters = await store.instances.waiters(message.workspace, message.name, message.key)
    const arrived = () => onTheWay.delete(message.id)
    if (waiters.length === 0) arrived()
    for (const [place, waiter] of waiters.entries()) {
      submit({
        instance: waiter.instance,
        isReport: true,
        input: { kind: 'message', name: message.name, body: message.body, ...(message.key === undefined ? {} : { key: message.key }) },
        // The row goes in the same transaction that hands it over, with the last receiver.
        ...(place === waiters.length - 1 ? { takes: message.id, resolve: arrived, reject: arrived } : {}),
      })
    }
  }
  const oldestFor = async (workspace: string, name: string, key?: string): Promise<void> => {
    const kept = await store.instances.keptMessage(workspace, name, key)
    if (kept !== undefined) await toWaiters(kept)
  }
  return {
    route: async (kept, opened) => {
      for (const message of kept) await oldestFor(message.workspace, message.name, message.key)
      for (const { workspace, fact } of opened) {
        if ((fact.t === 'opened' || fact.t === 'turned') && fact.wait.kind === 'message')
          await oldestFor(workspace, fact.wait.name, fact.wait.key)
      }
    },
    recover: async () => {
      for (let after = 0; ; ) {
        const page = await store.instances.keptMessages({ after, limit: PAGE })
        for (const message of page) await toWaiters(message)
        const last = page.at(-1)
        if (last === undefined || page.length < PAGE) return
        after = last.id
      }
    },
  }
}
