/**
 * One simulation: a host over a store, killed again and again at any call of its ports, while people use it, tasks fail, disks fill and clocks jump; then it
 * is left in peace, must bring everything to an end, and the oracle reads what is stored. The same seed does the same.
 */
import { type Clock, openEngine } from '@millrace/engine'
import { type CodeBundle, type CommitBatch, type Host, MillraceError, type Store } from '@millrace/protocol'
import { openInlineRunner } from '@millrace/runner'
import { createCountingIds } from '../counting-ids.ts'
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts'
import { act } from './actions.ts'
import { type Faults, Generation } from './generation.ts'
import { inspect } from './inspect.ts'
import { LockWatch } from './oracle/locks.ts'
import { playOut } from './play-out.ts'
import { Random } from './random.ts'
import { Requests } from './requests.ts'
import { Violations } from './violations.ts'
import { changeModel, changePerson, prepare } from './workload.ts'
import { World } from './world.ts'

/** A store that outlives the hosts on it. */
export interface Disk {
  readonly store: Store
  /** The host died: what a new process finds. Nobody uses the store before it any more. */
  crash(): Promise<Disk>
  close(): Promise<void>
}

export interface SimulationOptions {
  readonly seed: number
  readonly openDisk: (clock: Clock) => Promise<Disk>
  /** Code workflow to run beside the models (workload.ts). */
  readonly bundle: CodeBundle
  /** Things that happen; default 150. */
  readonly actions?: number
}

export interface SimulationReport {
  readonly violations: readonly string[]
  readonly crashes: number
  readonly commits: number
  readonly instances: number
  /** Instances by final status. */
  readonly ended: { readonly [status: string]: number }
  readonly acknowledged: number
  readonly refused: number
  /** Tries of tasks. */
  readonly tries: number
  /** The same for the same seed. */
  readonly trace: string
}

export const runSimulation = async (options: SimulationOptions): Promise<SimulationReport> => {
  const simulation = new Simulation(options)
  return simulation.run()
}

/** Facts on which two runs of one seed are compared. */
const TRACED = 10_000

export class Simulation {
  readonly clock: VirtualClock = createVirtualClock()
  readonly random: Random
  readonly violations = new Violations()
  readonly requests: Requests
  readonly world: World
  readonly instances: string[] = []
  readonly faults: Faults = { isDiskFull: false, runnerDeaths: 0.02 }
  readonly #options: SimulationOptions
  readonly #locks: LockWatch
  readonly #newId = createCountingIds()
  readonly #trace: string[] = []
  #disk: Disk | undefined
  #host: Host | undefined
  #generation: Generation | undefined
  #workflows: readonly string[] = []
  #crashes = 0
  #commits = 0

  constructor(options: SimulationOptions) {
    this.#options = options
    this.random = new Random(options.seed)
    this.requests = new Requests(this.violations)
    this.world = new World({ clock: this.clock, random: this.random.fork(), violations: this.violations })
    this.#locks = new LockWatch(this.violations)
  }

  async run(): Promise<SimulationReport> {
    this.#disk = await this.#options.openDisk(this.clock)
    await this.#prepare()
    await this.#open()
    const { actions = 150 } = this.#options
    for (let n = 0; n < actions && this.violations.list.length === 0; n++) await this.#happen()
    if (this.violations.list.length === 0) await this.#leaveInPeace()
    const ended = await inspect(this.disk.store, this)
    await this.host.close()
    await this.disk.close()
    const told = (what: string): number => this.requests.all.filter((request) => request.told === what).length
    return {
      violations: this.violations.list,
      crashes: this.#crashes,
      commits: this.#commits,
      instances: this.instances.length,
      ended,
      acknowledged: told('done'),
      refused: told('refused'),
      tries: [...this.world.tries.values()].reduce((sum, tries) => sum + tries, 0),
      trace: this.#trace.join('\n'),
    }
  }

  get host(): Host {
    if (this.#host === undefined) throw new Error('No host.')
    return this.#host
  }

  get generation(): Generation {
    if (this.#generation === undefined) throw new Error('No host.')
    return this.#generation
  }

  get disk(): Disk {
    if (this.#disk === undefined) throw new Error('No disk.')
    return this.#disk
  }

  /** Lets what can go on go on, for some turns of the event loop. A host that died is followed by the next. */
  async turn(turns: number): Promise<void> {
    for (let n = 0; n < turns; n++) await new Promise((resolve) => setImmediate(resolve))
    if (this.generation.isDead) await this.#reopen()
  }

  /** Waits for an answer of the host, which it may not live to give. */
  async answered<T>(asked: Promise<T>): Promise<T | undefined> {
    const answer = await Promise.race([asked, this.generation.died])
    if (answer !== 'died') return answer
    await this.#reopen()
    return undefined
  }

  async #happen(): Promise<void> {
    const { random } = this
    await random.weighted<() => Promise<void> | void>([
      [12, () => this.#act()],
      [6, () => this.turn(1 + random.below(4))],
      [4, () => this.clock.advance(random.pick([1, 100, 1_000, 10_000, 120_000]))],
      [0.5, () => this.clock.advance(random.below(3 * 3_600_000))],
      [0.5, () => this.clock.set(this.clock.now() + (random.below(2 * 3_600_000) - 3_600_000))],
      [1, () => this.generation.dieAfter(random.below(40))],
      [0.5, () => this.generation.die()],
      [0.3, () => this.#change()],
      [this.faults.isDiskFull ? 4 : 0.3, () => void (this.faults.isDiskFull = !this.faults.isDiskFull)],
    ])()
    await this.turn(random.below(2))
  }

  async #act(): Promise<void> {
    for (
      let many = this.random.weighted([
        [6, 1],
        [2, 3],
        [1, 10],
      ]);
      many > 0;
      many--
    ) {
      const { host, generation, random, requests, instances } = this
      const scene = { host, generation, random, requests, instances, workflows: this.#workflows, nowMs: this.clock.now() }
      await this.answered(act(scene).catch((error: unknown) => this.#defect(error, 'action')))
    }
  }

  /** Somebody syncs another version, or a person comes and goes: what runs keeps its version, and waits visibly for who is not there. */
  async #change(): Promise<void> {
    const { host, random } = this
    const asked = random.chance(0.5) ? changeModel(host, random.pick(['approve', 'child', 'page'])) : changePerson(host, random.chance(0.5))
    await this.answered(
      asked.catch((error: unknown) => {
        if (!(error instanceof MillraceError) || error.code === 'INTERNAL') this.#defect(error, 'change')
      }),
    )
  }

  /** The disk has room, tasks succeed, nobody dies: everything must come to its end, and everything asked be answered. */
  async #leaveInPeace(): Promise<void> {
    this.generation.die()
    this.faults.isDiskFull = false
    this.faults.runnerDeaths = 0
    this.world.heal()
    await this.#reopen()
    await changePerson(this.host, true)
    await playOut(this)
    this.#locks.settle()
  }

  async #prepare(): Promise<void> {
    const { store } = this.disk
    const host = await openEngine({
      store: { ...store, close: async () => undefined },
      tasks: this.world.tasks,
      runner: openInlineRunner({ loadBundle: (workspace, hash) => store.definitions.bundle(workspace, hash) }),
      clock: this.clock,
      newId: this.#newId,
    })
    this.#workflows = await prepare(host, { bundle: this.#options.bundle, seed: this.#options.seed })
    await host.close()
  }

  async #reopen(): Promise<void> {
    this.#crashes++
    this.world.forgetRunning()
    this.#disk = await this.disk.crash()
    await this.#open()
    this.requests.repeat(this.host, this.generation)
  }

  /** Opens a host; while it takes up what the last one left it may die too. */
  async #open(): Promise<void> {
    for (;;) {
      const generation = new Generation(this.faults, this.random.fork())
      const { store } = this.disk
      if (!this.world.isHealed && this.random.chance(0.15)) generation.dieAfter(this.random.below(30))
      const guarded = generation.store(store, (batch) => this.#note(batch))
      const opening = openEngine({
        store: guarded,
        tasks: generation.tasks(this.world.tasks),
        runner: generation.runner(
          openInlineRunner({ loadBundle: (workspace, hash) => store.definitions.bundle(workspace, hash), onWarning: () => undefined }),
        ),
        clock: generation.clock(this.clock),
        newId: this.#newId,
        // Few enough that attempts wait for room.
        attempts: { limit: 12, limits: { pay: 6 } },
        onDefect: (error, about) => {
          if (!generation.isDead) this.#defect(error, about)
        },
      })
      // A full disk may keep it from opening: then somebody makes room and starts it again.
      const opened = await Promise.race([opening, generation.died]).catch((error: unknown) => error)
      if (opened !== 'died' && !(opened instanceof Error)) {
        this.#generation = generation
        this.#host = opened as Host
        return
      }
      if (opened instanceof Error) {
        if (!this.faults.isDiskFull) throw opened
        this.faults.isDiskFull = false
      }
      generation.die()
      this.#crashes++
      this.world.forgetRunning()
      this.#disk = await this.disk.crash()
    }
  }

  #note(batch: CommitBatch): void {
    this.#commits++
    this.world.note(batch)
    this.#locks.note(batch)
    for (const { before, after, facts } of batch.changes) {
      if (before === undefined) this.instances.push(after.id)
      if (this.#trace.length < TRACED) this.#trace.push(`${batch.atMs} ${after.id} ${after.facts} ${facts.map((fact) => fact.t).join()}`)
    }
  }

  #defect(error: unknown, about: string): void {
    this.violations.add(`defect (${about}): ${error instanceof Error ? error.stack : String(error)}`)
  }
}
