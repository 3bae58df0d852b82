/**
 * Hands published messages to whoever waits. A message is a row first (kept in the commit that published it), so that none is lost between publisher and
 * receiver; a message nobody waits for stays kept until somebody does.
 */
import type { Fact } from '@millrace/kernel'
import type { KeptMessage, Store } from '@millrace/protocol'
import type { Unit } from '../tick/unit.ts'

/** A step that began to wait for a message. */
export interface OpenedWait {
  readonly workspace: string
  readonly fact: Fact
}

export interface MessageRouter {
  /** Messages were kept, or steps began to wait for one. */
  route(kept: readonly KeptMessage[], opened: readonly OpenedWait[]): Promise<void>
  /** After a restart: messages and waits that found no time to meet. */
  recover(): Promise<void>
}

const PAGE = 500

export const openMessageRouter = (ports: {
  readonly store: Store
  readonly submit: (unit: Unit) => void
  readonly onError: (error: unknown) => void
}): MessageRouter => {
  const { store, submit, onError } = ports
  /** On their way: a message is not handed over twice while its commit is still to come. */
  const onTheWay = new Set<number>()
  const toWaiters = async (message: KeptMessage & { readonly id: number }): Promise<void> => {
    if (onTheWay.has(message.id)) return
    onTheWay.add(message.id)
    let waiters: readonly { readonly instance: string }[] = []
    try {
      waiters = await store.instances.waiters(message.workspace, message.name, message.key)
    } finally {
      if (waiters.length === 0) onTheWay.delete(message.id)
    }
    if (waiters.length === 0) return
    // Not waited for: on a full disk it takes until there is room, and the host goes on meanwhile.
    handToAll(message, waiters)
      .finally(() => onTheWay.delete(message.id))
      // While this one was on its way somebody else may have begun to wait: for the next of the name.
      .then(() => oldestFor(message.workspace, message.name, message.key))
      .catch(onError)
  }
  /** The row goes in the transaction that hands it to the last receiver, and not before all others have it: they may wait for their code. */
  const handToAll = async (
    message: KeptMessage & { readonly id: number },
    waiters: readonly { readonly instance: string }[],
  ): Promise<void> => {
    const handOver = (instance: string, takes?: { readonly takes: number }): Promise<boolean> =>
      new Promise((resolve) => {
        submit({
          instance,
          isReport: true,
          input: { kind: 'message', name: message.name, body: message.body, ...(message.key === undefined ? {} : { key: message.key }) },
          ...takes,
          resolve: () => resolve(true),
          reject: () => resolve(false),
        })
      })
    const last = waiters.at(-1)
    if (last === undefined) return
    const others = await Promise.all(waiters.slice(0, -1).map(({ instance }) => handOver(instance)))
    const isTaken = await handOver(last.instance, { takes: message.id })
    // The last one has ended meanwhile: if another has it, nobody else shall get it later.
    if (!isTaken && others.includes(true)) submit({ instance: last.instance, isReport: true, takes: message.id })
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
