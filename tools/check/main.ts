/**
 * `npm run check [-- NAME…]`: formatting, lint, types, dead code and house rules. Runs everything and says at the end what failed, so that
 * one round shows all there is to mend.
 */
import { spawn } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { type CheckStep, checkSteps } from './steps.ts'

/** Type checking holds a whole program in memory: two at a time on any machine, however many cores it has. */
const AT_ONCE = 2

interface Outcome {
  readonly step: CheckStep
  readonly isGood: boolean
}

const root = resolve(dirname(import.meta.filename), '../..')
const wanted = process.argv.slice(2)
const steps = checkSteps(root).filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
const outcomes = await runAll(steps)
const failed = outcomes.filter(({ isGood }) => !isGood)

process.stdout.write(
  failed.length === 0 && steps.length > 0
    ? `\nAll ${steps.length} checks passed.\n`
    : `\n${failed.length} of ${steps.length} checks failed: ${failed.map(({ step }) => step.name).join(', ')}\n`,
)
process.exitCode = failed.length === 0 && steps.length > 0 ? 0 : 1

async function runAll(waiting: readonly CheckStep[]): Promise<readonly Outcome[]> {
  const queue = [...waiting]
  const done: Outcome[] = []
  const work = async () => {
    for (let step = queue.shift(); step !== undefined; step = queue.shift()) done.push(await run(step))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return done
}

/** Output is kept until the end: two that write at once could not be read. */
async function run(step: CheckStep): Promise<Outcome> {
  const startedAtMs = performance.now()
  const child = spawn(process.execPath, step.argv, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '1' },
  })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1)
  const isGood = code === 0
  process.stdout.write(`${isGood ? '✓' : '✗'} ${step.name} (${seconds} s)\n`)
  if (!isGood) process.stdout.write(`${output.join('').trimEnd()}\n${step.advice === undefined ? '' : `→ ${step.advice}\n`}\n`)
  return { step, isGood }
}
