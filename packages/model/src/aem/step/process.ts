import type { ContainerNode, JsonValue, ProcessNode } from '../../model.ts'
import { isTrue, type Metadata, textOf, without } from '../metadata.ts'
import { nameInPath } from '../read/reading.ts'
import type { StepReport } from '../report.ts'
import type { AemNode } from '../runtime/runtime.ts'
import { aemTask, argumentsOf } from './task-name.ts'
import { noteUnusedTimeout, readTimeouts, secondsDuration } from './timeout.ts'

type ProcessParts = Pick<ProcessNode, 'type' | 'task' | 'with' | 'autoAdvance' | 'poll' | 'retry' | 'timeouts'>

/** Keys that say how the step works, not what it is given. */
const STEP_KEYS = ['PROCESS', 'PROCESS_AUTO_ADVANCE', 'timeoutHandler', 'timeoutMillis', 'noretry']
const EXTERNAL_KEYS = ['EXTERNAL_PROCESS', 'PROCESS_AUTO_ADVANCE', 'period', 'timeout', 'advanceOnTimeout', 'noretry']

/** PROCESS: a Java service by class or label, or an ECMA script by path. */
export function readProcess({ metaData }: AemNode, report: StepReport): ProcessParts {
  const autoAdvance = isTrue(metaData, 'PROCESS_AUTO_ADVANCE')
  if (autoAdvance) noteUnusedTimeout(metaData, report)
  return {
    type: 'process',
    ...(knownTask(metaData, report) ?? unboundTask(metaData, report)),
    autoAdvance,
    ...readRetry(metaData),
    ...(autoAdvance ? {} : readTimeouts(metaData, report)),
  }
}

/** EXTERNAL_PROCESS: asked again every `period` seconds until it has finished. */
export function readExternalProcess({ metaData }: AemNode, report: StepReport): ProcessParts {
  const name = textOf(metaData, 'EXTERNAL_PROCESS')
  if (name !== undefined) report.unbound('java', name, 'EXTERNAL_PROCESS')
  const timeout = secondsIn(metaData, 'timeout')
  return {
    type: 'process',
    task: aemTask(name ?? 'unnamed'),
    ...withArguments(without(metaData, EXTERNAL_KEYS)),
    autoAdvance: true,
    poll: {
      // 30 s is the longest of the periods in real models, so the gentlest on what is asked.
      period: secondsIn(metaData, 'period') ?? 'PT30S',
      ...(timeout === undefined ? {} : { timeout }),
      ...(isTrue(metaData, 'advanceOnTimeout') ? { advanceOnTimeout: true } : {}),
    },
    ...readRetry(metaData),
  }
}

/** CONTAINER: another model by its path. */
export function readContainer({ metaData }: AemNode, report: StepReport): Pick<ContainerNode, 'type' | 'workflow' | 'version'> {
  const path = textOf(metaData, 'CONTAINER')
  const workflow = path === undefined ? 'unnamed' : (nameInPath(path) ?? path)
  report.note(`starts the model ${path ?? '(none named)'}: import it as ${workflow}`, 'CONTAINER')
  return { type: 'container', workflow, version: 'latest' }
}

type Task = { readonly task: string; readonly with?: JsonValue }

function knownTask(metaData: Metadata, report: StepReport): Task | undefined {
  const name = textOf(metaData, 'PROCESS') ?? ''
  if (/^\/(?:libs|etc|apps)\/.*\/noop\.ecma$/.test(name)) return { task: 'noop' }
  if (/^\/(?:libs|etc)\/.*\/urlcaller\.ecma$/.test(name)) return urlCaller(metaData, report)
  return undefined
}

/** `url[, login, password]`. A password belongs in the secrets, so a step with one is bound by hand. */
function urlCaller(metaData: Metadata, report: StepReport): Task | undefined {
  const [url, login] = (textOf(metaData, 'PROCESS_ARGS') ?? '').split(',').map((part) => part.trim())
  if (login !== undefined) report.note('its arguments hold a login and password: keep them as a secret of the bound task', 'PROCESS_ARGS')
  return login === undefined && url !== undefined && /^https?:\/\/\S+$/.test(url)
    ? { task: 'http.request', with: { method: 'GET', url } }
    : undefined
}

function unboundTask(metaData: Metadata, report: StepReport): Task {
  const name = textOf(metaData, 'PROCESS')
  if (name === undefined) report.note('does not say what it runs')
  else report.unbound(name.startsWith('/') ? 'script' : 'java', name, 'PROCESS')
  return { task: aemTask(name ?? 'unnamed'), ...withArguments(without(metaData, STEP_KEYS)) }
}

function withArguments(metadata: Metadata): { readonly with?: JsonValue } {
  const args = argumentsOf(metadata)
  return Object.keys(args).length === 0 ? {} : { with: args }
}

function readRetry(metaData: Metadata): Pick<ProcessNode, 'retry'> {
  return isTrue(metaData, 'noretry') ? { retry: { attempts: 1 } } : {}
}

function secondsIn(metaData: Metadata, key: string): string | undefined {
  const text = textOf(metaData, key)
  return text !== undefined && /^\d{1,12}$/.test(text) && Number(text) > 0 ? secondsDuration(Number(text)) : undefined
}
