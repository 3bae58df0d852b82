/** The yardstick: a loop over node:sqlite that does the same writes as the store for one-step instances, and nothing else. */
import { DatabaseSync } from 'node:sqlite'
import { BEGIN } from '../src/sqlite/migrations/001-begin.ts'
import { benchId } from './one-step.ts'

export interface RawLoop {
  readonly ticks: readonly (() => void)[]
  close(): void
}

const BEGUN =
  '[[0],[8,"start",[],[0]],[10,1,"work",{"kind":"task","task":"log","attempt":1,"input":{"message":"Instance 123456"}},{"in":[0]}]]'
const ENDED = '[{"1":"0work"},[12,1,{"out":[1],"output":{"ok":true}}],[8,"end",[1],[]],[6,"COMPLETED"]]'

/** One statement per row, prepared once; ids and texts are made before the clock runs. */
export const rawLoop = (path: string, instances: number, batch: number): RawLoop => {
  const db = new DatabaseSync(path)
  db.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32768; pragma wal_autocheckpoint = 1000; pragma temp_store = memory',
  )
  db.exec(BEGIN)
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const insert = db.prepare(
    `insert into instance (id, uuid, flow, version, status, run, priority, initiator, created, started, ended, facts, last, busy, incidents, title, payload_kind,
      payload, data, locks, parent, parent_step) values (?, ?, 1, 1, 2, 1, null, 1, ?, ?, null, 3, ?, 1, 0, 'One step', 0, null, null, null, null, null)`,
  )
  const update = db.prepare('update instance set status = 5, ended = ?, facts = 6, last = ?, busy = 0 where id = ?')
  const fact = db.prepare('insert into fact (position, instance, seq, prev, at, run, format, body) values (?, ?, ?, ?, ?, 1, 1, ?)')
  const tally = db.prepare('update tally set running = running + ?, completed = completed + ? where flow = 1 and version = 1')
  db.exec('insert into tally values (1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)')
  const uuids = Array.from({ length: instances + 1 }, (_, id) => Buffer.from(benchId(id).replaceAll('-', ''), 'hex'))
  let position = 0
  const tick = (first: number) => {
    begin.run()
    const at = Date.UTC(2026, 0, 1) + Math.floor(first / 64)
    const last = Math.min(first + batch, instances + 1)
    for (let id = first; id < last; id++) {
      insert.run(id, uuids[id] as Buffer, at, at, ++position)
      fact.run(position, id, 1, 0, at, BEGUN)
    }
    for (let id = first - batch; id < Math.min(first, instances + 1); id++) {
      if (id < 1) continue
      update.run(at, ++position, id)
      fact.run(position, id, 4, 2 * batch, at, ENDED)
    }
    tally.run(Math.max(0, last - first), first > 1 ? batch : 0)
    commit.run()
  }
  const ticks: (() => void)[] = []
  for (let first = 1; first <= instances + batch; first += batch) ticks.push(() => tick(first))
  return {
    ticks,
    close: () => {
      db.exec('pragma wal_checkpoint(truncate)')
      db.close()
    },
  }
}
