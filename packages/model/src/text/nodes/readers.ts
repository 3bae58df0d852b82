import type { NodeType } from '../../model.ts'
import { readAndJoin } from './and-join.ts'
import { readAndSplit } from './and-split.ts'
import { readContainer } from './container.ts'
import { readEnd } from './end.ts'
import { readGoto } from './goto.ts'
import { readOrJoin } from './or-join.ts'
import { readOrSplit } from './or-split.ts'
import { readParticipant } from './participant.ts'
import { readProcess } from './process.ts'
import type { NodeReader } from './reader.ts'
import { readStart } from './start.ts'
import { readWait } from './wait.ts'

/** A new node type is a file beside this one and a line here. */
export const NODE_READERS: { readonly [type in NodeType]: NodeReader } = {
  start: readStart,
  end: readEnd,
  participant: readParticipant,
  process: readProcess,
  container: readContainer,
  'or-split': readOrSplit,
  'or-join': readOrJoin,
  'and-split': readAndSplit,
  'and-join': readAndJoin,
  goto: readGoto,
  wait: readWait,
}

export const NODE_TYPES = Object.keys(NODE_READERS) as readonly NodeType[]
