/** Snapshots of states. Between two of them a state is the fold of the facts that follow the last one. */
import type { State } from '@millrace/kernel'
import { type BlobReader, type BlobWriter, mayRestore, mayShrink, restore, shrink, shrinkValues } from './blob.ts'
import { upcastState } from './upcast.ts'

export const encodeState = (state: State, blobs: BlobWriter): string => {
  const text = JSON.stringify(state)
  return mayShrink(text) ? JSON.stringify(withBlobs(state, blobs)) : text
}

export const decodeState = (text: string, format: number, blobs: BlobReader): State => {
  const parsed: unknown = JSON.parse(text)
  return upcastState(mayRestore(text) ? restore(parsed, blobs) : parsed, format)
}

/** Authors' values may go out of line; the containers of the state itself change at every tick and would be stored anew each time. */
const withBlobs = (state: State, blobs: BlobWriter): unknown => ({
  ...state,
  payload: shrinkValues(state.payload, blobs),
  data: shrinkValues(state.data, blobs),
  steps: Object.fromEntries(Object.entries(state.steps).map(([n, step]) => [n, { ...step, wait: shrinkValues(step.wait, blobs) }])),
  messages: state.messages.map((message) => shrinkValues(message, blobs)),
  held: state.held.map((input) => shrinkValues(input, blobs)),
  ...(state.input === undefined ? {} : { input: shrink(state.input, blobs) }),
  ...(state.output === undefined ? {} : { output: shrink(state.output, blobs) }),
  ...(state.code === undefined ? {} : { code: shrinkValues(state.code, blobs) }),
  ...(state.error === undefined ? {} : { error: shrink(state.error, blobs) }),
  ...(state.incident === undefined ? {} : { incident: shrink(state.incident, blobs) }),
})
