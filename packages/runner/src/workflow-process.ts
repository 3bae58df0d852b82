/**
 * The process workflow code runs in: takes lines, runs the core, answers in lines. Started by process-runner.ts, never by hand.
 *
 * Lines in:  a seq instance run bundle calls atMs delivery [workspace initiator asRun input journal…] · b hash text · f instance
 * Lines out: m seq answer · n seq needsBundle needsSupply · w message
 */
import { Socket } from 'node:net'
import { getHeapStatistics } from 'node:v8'
import { Core } from './core/core.ts'
import { guardFloatingRejections } from './core/floating-rejections.ts'
import { WIRE_FD } from './process/child.ts'
import { startLifeline } from './process/lifeline.ts'
import { createLineReader, createLineWriter } from './process/lines.ts'
import { createMarker } from './process/mark.ts'

/** Answers wait no longer than this for their batch, so that the parent works while we do. */
const FLUSH_AFTER_MS = 2

/** Above this share of the heap the live instances make room: an instance must not be blamed for what the others keep. */
const FULL_HEAP = 0.6

/** Advances between two looks at the heap. */
const LOOK_EVERY = 1_024

const [memoryMb = '256'] = process.argv.slice(2)
const heapBytes = Number(memoryMb) * 1024 * 1024
startLifeline({ maxBytes: heapBytes * 1.5 + 128 * 1024 * 1024 })

const wire = new Socket({ fd: WIRE_FD })
const writer = createLineWriter(wire)
const marker = createMarker()
const core = new Core({
  liveBytes: heapBytes / 4,
  onProgress: () => marker.beat(),
  onWarning: (message) => writer.write(`w\t${JSON.stringify(message)}`),
})
guardFloatingRejections()

let advances = 0
let flushedAtMs = 0

const advance = (fields: readonly string[]): void => {
  const [
    ,
    seq = '',
    instance = '',
    run,
    bundle = '',
    calls,
    atMs,
    delivery = '',
    workspace,
    initiator = '',
    asRun,
    input = '',
    ...journal
  ] = fields
  marker.begin(Number(seq))
  const answer = core.advance(
    { instance, run: Number(run), bundle, calls: Number(calls), atMs: Number(atMs), delivery },
    workspace === undefined
      ? undefined
      : { workspace: JSON.parse(workspace) as string, initiator: JSON.parse(initiator) as string, asRun: Number(asRun), input, journal },
  )
  if (answer.kind === 'needs') writer.write(`n\t${seq}\t${answer.bundle ? 1 : 0}\t${answer.supply ? 1 : 0}`)
  else
    writer.write(
      `m\t${seq}\t{"kind":"calls","calls":[${answer.calls.join(',')}]${answer.outcome === undefined ? '' : `,"outcome":${answer.outcome}`}}`,
    )
  if (++advances % LOOK_EVERY === 0 && getHeapStatistics().used_heap_size > heapBytes * FULL_HEAP) core.shrink(0.5)
  const now = performance.now()
  if (now - flushedAtMs > FLUSH_AFTER_MS) {
    flushedAtMs = now
    writer.flush()
  }
}

const read = createLineReader((fields) => {
  switch (fields[0]) {
    case 'a':
      return advance(fields)
    case 'b':
      return core.addBundle(fields[1] ?? '', JSON.parse(fields[2] ?? '""') as string)
    case 'f':
      return core.forget(fields[1] ?? '')
    default:
      throw new Error(`The runner's process does not know the line ${fields[0]}.`)
  }
})

wire.on('data', (chunk) => {
  read(chunk)
  marker.end()
  writer.flush()
})
wire.on('end', () => process.exit(0))
wire.on('error', () => process.exit(0))
