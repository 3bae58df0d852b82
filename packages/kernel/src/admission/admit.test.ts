import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admit, admitQueued, type LockRequest } from '../index.ts'

const request = (instance: string, locks: readonly string[], more: Partial<LockRequest> = {}): LockRequest => ({
  instance,
  workspace: 'default',
  locks,
  force: false,
  ...more,
})

const web1 = request('1', ['deployment:web'])
const web2 = request('2', ['deployment:web'])
const db = request('3', ['deployment:db'])
const system = request('4', ['system'])

describe('the decision table of DESIGN 4.4', () => {
  it('starts what nothing conflicts with', () => {
    expect(admit([web1], [], db, { mayQueue: false })).toEqual({ kind: 'start' })
    expect(admit([web1], [system], request('5', []), { mayQueue: false })).toEqual({ kind: 'start' })
  })

  it('refuses the second execution of a deployment, queues it, or starts it by force', () => {
    expect(admit([web1], [], web2, { mayQueue: false })).toEqual({
      kind: 'refuse',
      code: 'LOCK_HELD',
      blockers: [{ instance: '1', lock: 'deployment:web', isQueued: false }],
    })
    expect(admit([web1], [], web2, { mayQueue: true })).toMatchObject({ kind: 'queue', position: 1 })
    expect(admit([web1], [], { ...web2, force: true }, { mayQueue: false })).toEqual({ kind: 'start' })
  })

  it('never lets force beat the system lock, the barrier, or an older queued execution of the same deployment', () => {
    const forced = { ...web2, force: true }
    expect(admit([system], [], forced, { mayQueue: false })).toMatchObject({ kind: 'refuse', blockers: [{ lock: 'system' }] })
    expect(admit([db], [system], forced, { mayQueue: true })).toMatchObject({ kind: 'queue', position: 2 })
    expect(admit([], [web1], forced, { mayQueue: true })).toMatchObject({ kind: 'queue', blockers: [{ instance: '1', isQueued: true }] })
  })

  it('lets a waiting system-wide execution hold back whoever comes later', () => {
    expect(admit([web1], [], system, { mayQueue: true })).toMatchObject({ kind: 'queue' })
    expect(admit([web1], [system], db, { mayQueue: true })).toMatchObject({
      kind: 'queue',
      blockers: [{ instance: '4', lock: 'system', isQueued: true }],
    })
    expect(admitQueued([], [system, db])).toEqual([system])
    expect(admitQueued([], [web2, db, system])).toEqual([web2, db])
  })

  it('lets a child share the locks of its root, and keeps workspaces apart but for the host lock', () => {
    expect(admit([web1], [], { ...web2, root: '1' }, { mayQueue: false })).toEqual({ kind: 'start' })
    expect(admit([{ ...system, workspace: 'other' }], [], web1, { mayQueue: false })).toEqual({ kind: 'start' })
    expect(admit([request('6', ['host'], { workspace: 'other' })], [], web1, { mayQueue: false })).toMatchObject({
      kind: 'refuse',
      blockers: [{ lock: 'host' }],
    })
  })
})

describe('a child whose tree holds locks', () => {
  const parent = request('1', ['printer', 'paper'])
  const waiting = request('2', ['printer'])
  const child = request('3', ['printer'], { root: '1' })

  it('does not stand behind those who wait for its own parent', () => {
    expect(admit([parent], [waiting], child, { mayQueue: true })).toEqual({ kind: 'start' })
    const behind = request('4', ['printer', 'ink'])
    expect(admit([parent], [waiting, behind], request('5', ['ink'], { root: '1' }), { mayQueue: true })).toEqual({ kind: 'start' })
  })

  it('waits in line for what its tree does not hold', () => {
    expect(admit([parent, request('6', ['ink'])], [waiting], request('5', ['ink'], { root: '1' }), { mayQueue: true })).toMatchObject({
      kind: 'queue',
      blockers: [{ instance: '6', lock: 'ink', isQueued: false }],
    })
  })

  it('is refused where its tree and another would wait for each other', () => {
    const other = request('7', ['ink'])
    const childOfOther = request('8', ['paper'], { root: '7' })
    expect(admit([parent, other], [childOfOther], request('5', ['ink'], { root: '1' }), { mayQueue: true })).toMatchObject({
      kind: 'refuse',
      blockers: [{ instance: '7', lock: 'ink' }],
    })
  })

  it('needs nothing more under the system lock', () => {
    expect(admit([system], [web1], request('9', ['deployment:web'], { root: '4' }), { mayQueue: false })).toEqual({ kind: 'start' })
  })
})

describe('whatever comes and goes', () => {
  const locks = fc.uniqueArray(fc.constantFrom('deployment:web', 'deployment:db', 'system', 'printer', 'scanner'), {
    minLength: 1,
    maxLength: 3,
  })
  const events = fc.array(
    fc.oneof(
      locks.map((names) => ({ kind: 'come' as const, names })),
      fc.nat(20).map((which) => ({ kind: 'go' as const, which })),
    ),
    {
      maxLength: 60,
    },
  )
  const clash = (a: LockRequest, b: LockRequest): boolean =>
    a.locks.includes('system') || b.locks.includes('system') || a.locks.some((lock) => b.locks.includes(lock))

  it('never runs two that conflict, never lets one overtake another it conflicts with, and leaves nobody waiting for nothing', () => {
    fc.assert(
      fc.property(events, (all) => {
        let running: LockRequest[] = []
        let queue: LockRequest[] = []
        let next = 0
        for (const event of all) {
          if (event.kind === 'come') {
            const asked = request(String(++next), event.names)
            const answer = admit(running, queue, asked, { mayQueue: true })
            if (answer.kind === 'start') {
              expect(queue.some((other) => clash(asked, other))).toBe(false)
              running.push(asked)
            } else queue.push(asked)
          } else if (running.length > 0) {
            running.splice(event.which % running.length, 1)
            const admitted = admitQueued(running, queue)
            for (const [at, started] of admitted.entries()) {
              const earlier = queue.slice(0, queue.indexOf(started)).filter((other) => !admitted.slice(0, at).includes(other))
              expect(earlier.some((other) => clash(started, other))).toBe(false)
            }
            running = [...running, ...admitted]
            queue = queue.filter((each) => !admitted.includes(each))
          }
          for (const [at, a] of running.entries()) for (const b of running.slice(at + 1)) expect(clash(a, b)).toBe(false)
          expect(admitQueued(running, queue)).toEqual([])
        }
      }),
    )
  })
})
