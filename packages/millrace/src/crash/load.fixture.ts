/** People at work while the host is killed: callers that start and complete, note what was acknowledged, and ask again what was not answered. */
import type { CommandAnswer, Instance } from '@millrace/protocol'
import { type HostProcess, Unanswered } from './host-process.fixture.ts'
import type { AskBody } from './messages.fixture.ts'

const WORKFLOWS = ['approve', 'deploy', 'refund', 'parent', 'paid'] as const

export interface Completion {
  readonly instance: string
  readonly step: number
  readonly route: string
}

export class Load {
  /** Instances whose start was acknowledged, with the workflow. */
  readonly starts = new Map<string, string>()
  readonly completions: Completion[] = []
  readonly #ledger: string
  readonly #random: () => number
  #host: HostProcess | undefined
  #isStopping = false
  readonly #waiting: ((host: HostProcess) => void)[] = []
  #acknowledged = 0
  #watchers: { readonly at: number; readonly resolve: () => void }[] = []

  constructor(options: { readonly ledger: string; readonly random: () => number }) {
    this.#ledger = options.ledger
    this.#random = options.random
  }

  /** A host serves from now on. */
  serve(host: HostProcess): void {
    this.#host = host
    for (const resolve of this.#waiting.splice(0)) resolve(host)
  }

  /** Resolves when that many more commands have been acknowledged. */
  acknowledged(more: number): Promise<void> {
    return new Promise((resolve) => this.#watchers.push({ at: this.#acknowledged + more, resolve }))
  }

  /** Works until `stop`, and finishes what was begun. */
  async run(callers: number): Promise<void> {
    await Promise.all(Array.from({ length: callers }, (_, caller) => this.#call(caller)))
  }

  stop(): void {
    this.#isStopping = true
  }

  async #call(caller: number): Promise<void> {
    for (let round = 0; !this.#isStopping; round++) {
      const workflow = WORKFLOWS[(caller + round) % WORKFLOWS.length] ?? 'approve'
      const key = `${caller}-${round}`
      const { id } = await this.#ask<CommandAnswer>({ kind: 'start', workflow, key, ledger: this.#ledger })
      this.starts.set(id, workflow)
      if (workflow === 'approve' || workflow === 'refund') await this.#decide(id, key)
      if (workflow === 'paid') await this.#ask({ kind: 'publish', instance: id })
    }
  }

  async #decide(instance: string, key: string): Promise<void> {
    const step = await this.#workItem(instance)
    const route = this.#random() < 0.5 ? 'approve' : 'reject'
    await this.#ask({ kind: 'complete', instance, step, route, key })
    this.completions.push({ instance, step, route })
  }

  /** Code asks when it has run: look until it has. */
  async #workItem(instance: string): Promise<number> {
    for (;;) {
      const found = await this.#ask<Instance | null>({ kind: 'instance', instance }, false)
      const open = found?.steps.find((step) => step.waits === 'work-item')
      if (open !== undefined) return open.step
    }
  }

  /** Asks until it is answered, by this host or the next; the key makes a repeat the same command. */
  async #ask<T>(body: AskBody, counts = true): Promise<T> {
    for (;;) {
      const host = this.#host ?? (await new Promise<HostProcess>((resolve) => this.#waiting.push(resolve)))
      try {
        const answer = await host.ask<T>(body)
        if (counts) this.#count()
        return answer
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error
        if (this.#host === host) this.#host = undefined
      }
    }
  }

  #count(): void {
    this.#acknowledged++
    this.#watchers = this.#watchers.filter(({ at, resolve }) => {
      if (this.#acknowledged < at) return true
      resolve()
      return false
    })
  }
}
