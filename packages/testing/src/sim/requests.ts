/** What people asked of the host, and what they were told: the oracle holds the host to it. */
import { type CommandAnswer, type Host, MillraceError } from '@millrace/protocol'
import type { Generation } from './generation.ts'
import type { Violations } from './violations.ts'

export interface Request {
  readonly n: number
  readonly about: string
  /** Makes a repeat the same command; without one a command that was not answered is not repeated. */
  readonly key?: string
  readonly send: (host: Host) => Promise<CommandAnswer | undefined>
  /** For decisions: the step that was decided, and by whom. */
  readonly decides?: { readonly instance: string; readonly step: number; readonly user: string; readonly route?: string }
  /** For starts: the title, which no other start has. */
  readonly title?: string
  told: 'nothing' | 'done' | 'refused' | 'never'
  answer?: CommandAnswer
  code?: string
}

export class Requests {
  readonly all: Request[] = []
  readonly #violations: Violations

  constructor(violations: Violations) {
    this.#violations = violations
  }

  ask(body: Omit<Request, 'n' | 'told'>, host: Host, generation: Generation): void {
    const request: Request = { n: this.all.length, told: 'nothing', ...body }
    this.all.push(request)
    this.#send(request, host, generation)
  }

  /** The host died: what has a key is asked again, of the next one. */
  repeat(host: Host, generation: Generation): void {
    for (const request of this.all) {
      if (request.told !== 'nothing') continue
      if (request.key === undefined) request.told = 'never'
      else this.#send(request, host, generation)
    }
  }

  get waiting(): number {
    return this.all.filter(({ told }) => told === 'nothing').length
  }

  #send(request: Request, host: Host, generation: Generation): void {
    request.send(host).then(
      (answer) => {
        if (generation.isDead) return
        request.told = 'done'
        if (answer !== undefined) request.answer = answer
      },
      (error: unknown) => {
        if (generation.isDead) return
        request.told = 'refused'
        if (error instanceof MillraceError && error.code !== 'INTERNAL') request.code = error.code
        else this.#violations.add(`${request.about} was answered with a defect: ${error instanceof Error ? error.stack : String(error)}`)
      },
    )
  }
}
