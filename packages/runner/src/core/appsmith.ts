/**
 * The Appsmith shape: `executeWorkflow(data)` and the global `appsmith.workflows.assignRequest`, over the same calls as every workflow.
 */

import type { Answer, NoForm, Run } from '@millrace/workflow'
import { group, user } from '@millrace/workflow'
import type { AssignRequest } from '@millrace/workflow/appsmith'
import type { Realm } from './realm.ts'
import { currentScope } from './scope.ts'

type Execute = (data: unknown) => unknown

/** What `appsmith` needs to know of the instance inside. */
const runs = new WeakMap<object, Run>()

/** Appsmith exports an object with the function, a plain module the function itself. */
export const isAppsmithModule = (exports: Record<string, unknown>): boolean => executeOf(exports) !== undefined

export const appsmithWorkflow =
  (exports: Record<string, unknown>) =>
  (run: object, input: unknown): unknown => {
    const instance = currentScope()?.instance
    if (instance !== undefined) runs.set(instance, run as Run)
    return executeOf(exports)?.(input)
  }

export const installAppsmith = (realm: Realm): void => {
  realm.global['appsmith'] = {
    workflows: {
      assignRequest: realm.adopt((request: AssignRequest) => assignRequest(realm, request)),
    },
  }
}

const assignRequest = (realm: Realm, request: AssignRequest): Promise<unknown> => {
  const { primitives } = realm
  const { promise, resolve, reject } = primitives.deferred()
  const run = realm.inside === undefined ? undefined : runs.get(realm.inside)
  if (run === undefined) {
    reject(realm.typeError('appsmith.workflows.assignRequest can only be called by executeWorkflow while it runs.'))
    return promise
  }
  const resolutions = request.resolutions ?? request.allowedResolutions ?? []
  if (resolutions.length === 0) {
    reject(
      realm.typeError(
        `assignRequest ${request.requestName} has no resolutions: name what the person can choose, such as resolutions: ['Approve', 'Reject'].`,
      ),
    )
    return promise
  }
  try {
    const to = [...(request.requestToUsers ?? []).map((name) => user(name)), ...(request.requestToGroups ?? []).map((name) => group(name))]
    const asked = run.ask({
      name: request.requestName,
      to,
      title: request.message ?? request.requestName,
      routes: resolutions,
      ...(request.metadata === undefined ? {} : { metadata: request.metadata }),
    })
    primitives.follow(asked, (answer) => resolve(response(realm, run, answer as Answer<string, NoForm>)), reject)
  } catch (error) {
    reject(realm.typeError((error as Error).message))
  }
  return promise
}

/** Three shapes are in the wild: `.payload`, `.metadata`, and the answer itself compared with a text. */
const response = (realm: Realm, run: Run, answer: Answer<string, NoForm>): object => {
  const made = realm.primitives.object(
    ['workflowInstanceId', 'resolution', 'payload', 'metadata'],
    [run.instance.id, answer.route, answer.form, answer.form],
  )
  return Object.defineProperty(made, 'toString', { value: () => answer.route, enumerable: false })
}

const executeOf = (exports: Record<string, unknown>): Execute | undefined => {
  const own = exports['executeWorkflow']
  if (typeof own === 'function') return own as Execute
  const main = exports['default'] as { executeWorkflow?: unknown } | undefined
  if (typeof main !== 'object' || main === null || typeof main.executeWorkflow !== 'function') return undefined
  return (data) => (main.executeWorkflow as Execute).call(main, data)
}
