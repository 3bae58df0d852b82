import { type CommandAnswer, type CommandOptions, MillraceError, type Store } from '@millrace/protocol'

type Key = NonNullable<CommandOptions['idempotency']>

/** Repeats of a command with the same key get the first answer, also while the first is still on its way; another body is refused. */
export class Idempotency {
  readonly #store: Store
  readonly #onTheWay = new Map<string, { readonly bodyHash: string; readonly answer: Promise<unknown> }>()

  constructor(store: Store) {
    this.#store = store
  }

  once<T = CommandAnswer>(workspace: string, key: Key | undefined, run: () => Promise<T>): Promise<T> {
    return key === undefined ? run() : this.#once(workspace, key, run)
  }

  async #once<T>(workspace: string, key: Key, run: () => Promise<T>): Promise<T> {
    const id = JSON.stringify([workspace, key.user, key.route, key.key])
    const first = this.#onTheWay.get(id)
    if (first !== undefined) {
      assertSame(first.bodyHash, key)
      return first.answer as Promise<T>
    }
    const answer = this.#answer(workspace, key, run)
    this.#onTheWay.set(id, { bodyHash: key.bodyHash, answer })
    try {
      return await answer
    } finally {
      this.#onTheWay.delete(id)
    }
  }

  async #answer<T>(workspace: string, key: Key, run: () => Promise<T>): Promise<T> {
    const stored = await this.#store.instances.answer(workspace, key.user, key.route, key.key)
    if (stored === undefined) return run()
    assertSame(stored.bodyHash, key)
    return stored.answer as unknown as T
  }
}

const assertSame = (bodyHash: string, key: Key): void => {
  if (bodyHash === key.bodyHash) return
  throw new MillraceError(
    'IDEMPOTENCY_MISMATCH',
    `Idempotency-Key ${key.key} was used before with another body. Use a new key for a new command.`,
  )
}
