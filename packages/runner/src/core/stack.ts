import { SourceMap } from 'node:module'

const MAP_COMMENT = /\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,([A-Za-z0-9+/=]+)\s*$/

const FRAME = /^\s*at (?:(.*?) \()?([^()\s]+):(\d+):(\d+)\)?$/

/** Most lines kept of a stack: those nearest to the error. */
const MAX_FRAMES = 10

/** Reads the stack of an error as lines of the author's files; frames of Millrace and Node are left out. */
export const createStackReader = (bundle: string, fileName: string) => {
  let map: SourceMap | undefined
  const mapped = (line: number, column: number): string | undefined => {
    map ??= mapOf(bundle)
    const origin = map?.findEntry(line - 1, column - 1)
    if (origin === undefined || !('originalSource' in origin)) return undefined
    return `${origin.originalSource}:${origin.originalLine + 1}:${origin.originalColumn + 1}`
  }
  return (error: { readonly stack?: unknown }): string | undefined => {
    if (typeof error.stack !== 'string') return undefined
    const frames: string[] = []
    for (const line of error.stack.split('\n')) {
      const [, name, file, row, column] = FRAME.exec(line) ?? []
      if (file !== fileName) continue
      frames.push(`    at ${name === undefined ? '' : `${name} `}(${mapped(Number(row), Number(column)) ?? `${row}:${column}`})`)
      if (frames.length === MAX_FRAMES) break
    }
    return frames.length === 0 ? undefined : frames.join('\n')
  }
}

const mapOf = (bundle: string): SourceMap | undefined => {
  const [, encoded] = MAP_COMMENT.exec(bundle.slice(-1_000_000)) ?? []
  return encoded === undefined
    ? undefined
    : new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as ConstructorParameters<typeof SourceMap>[0])
}
