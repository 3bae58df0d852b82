import { z } from 'zod'
import { Message, RestartInstance, ResumeInstance, RetryInstance, SkipStep, StopInstance } from './instance.ts'
import { Id, Json, JsonObject, TimeMs } from './json.ts'
import { ClaimWorkItem, CompleteWorkItem, DelegateWorkItem, StepBackWorkItem } from './work-item.ts'

const step = z.number().int()
const itemStep = { step: z.number().int().min(1) }

/** Body of `POST /instances/:id/preview`: an action and what its own route would be given. */
export const PreviewInstance = z.discriminatedUnion('action', [
  StopInstance.omit({ ifFacts: true }).extend({ action: z.enum(['suspend', 'cancel', 'terminate']) }),
  ResumeInstance.omit({ ifFacts: true }).extend({ action: z.literal('resume') }),
  RestartInstance.omit({ ifFacts: true }).extend({ action: z.literal('restart') }),
  RetryInstance.omit({ ifFacts: true }).extend({ action: z.literal('retry') }),
  SkipStep.omit({ ifFacts: true }).extend({ action: z.literal('skip') }),
  z.strictObject({ action: z.literal('data'), data: JsonObject }),
  Message.extend({ action: z.literal('message') }),
  CompleteWorkItem.omit({ ifFacts: true }).extend({ action: z.literal('complete'), ...itemStep }),
  ClaimWorkItem.omit({ ifFacts: true }).extend({ action: z.enum(['claim', 'unclaim']), ...itemStep }),
  DelegateWorkItem.omit({ ifFacts: true }).extend({ action: z.literal('delegate'), ...itemStep }),
  StepBackWorkItem.omit({ ifFacts: true }).extend({ action: z.literal('step-back'), ...itemStep }),
])
export type PreviewInstance = z.infer<typeof PreviewInstance>

const PreviewStep = z.object({ step, node: z.string(), title: z.string() })
/** A work item that would be taken away, and from whom. */
const WithdrawnItem = z.object({ step, title: z.string(), who: z.array(z.string()) })

/** What a command would do, decided on a copy of the state and thrown away. */
export const Preview = z.object({
  /** Facts the instance has now. Send them back as `ifFacts`: done against another state it is a 409 STATE_CHANGED with a new preview. */
  facts: z.number().int(),
  /** Why it cannot be done; then nothing else is said. */
  refused: z.object({ code: z.string(), message: z.string() }).optional(),
  status: z.object({ from: z.string(), to: z.string() }),
  stepsOpened: z.array(PreviewStep),
  stepsEnded: z.array(PreviewStep),
  itemsWithdrawn: z.array(WithdrawnItem),
  attemptsAborted: z.array(PreviewStep.extend({ task: z.string() })),
  /** Tasks that would run at once. `again`: with a key it has run under before, so the world may have felt it already. */
  attemptsStarted: z.array(PreviewStep.extend({ task: z.string(), key: z.string(), again: z.boolean() })),
  /** Restart: tasks that ran before and lie on the way again, with the key of their last attempt. They get a new key. */
  repeats: z.array(PreviewStep.extend({ task: z.string(), key: z.string(), atMs: TimeMs })),
  dataChanged: z.array(z.object({ name: z.string(), from: Json.optional(), to: Json.optional() })),
  locksReleased: z.array(z.string()),
  /** The function of a code workflow goes on; what it does then, nobody knows before. */
  runsCode: z.boolean(),
  /** Other instances in the same commit: children that end with it, and who gets its locks. `from` absent: it would be started. */
  others: z.array(
    z.object({
      instance: Id,
      title: z.string(),
      workflow: z.string(),
      status: z.object({ from: z.string().optional(), to: z.string() }),
      itemsWithdrawn: z.array(WithdrawnItem),
    }),
  ),
})
export type Preview = z.infer<typeof Preview>
