/** Checks the parts of a request against their schemas and says every problem at once, with its place and a hint. */
import { suggest } from '@millrace/model'
import { MillraceError } from '@millrace/protocol'
import { z } from 'zod'

export interface PartProblem {
  readonly code: string
  /** JSON pointer into the part: `/payload/ref`. */
  readonly pointer: string
  readonly message: string
  readonly hint?: string
}

/** More of them help nobody, and a hostile body could make thousands. */
const MOST_PROBLEMS = 20

const PART_NAMES: { readonly [part: string]: string } = { body: 'body', querystring: 'query', params: 'address', headers: 'headers' }

type Checked = { readonly value: unknown } | { readonly error: MillraceError }

/** Fastify's validator compiler for zod schemas. */
export const validatorCompiler = ({ schema, httpPart }: { readonly schema: unknown; readonly httpPart?: string | undefined }) => {
  if (!(schema instanceof z.ZodType)) throw new TypeError(`The schema of ${httpPart} is not a zod schema`)
  // Fastify gives null for a body that is absent: `curl -X POST …/suspend` needs none.
  const takesNothing = httpPart === 'body' && schema instanceof z.ZodObject
  return (data: unknown): Checked => {
    const result = schema.safeParse(data === null && takesNothing ? {} : data)
    if (result.success) return { value: result.data }
    return { error: badRequest(PART_NAMES[httpPart ?? ''] ?? 'request', result.error.issues, schema) }
  }
}

const badRequest = (part: string, issues: readonly z.core.$ZodIssue[], schema: z.ZodType): MillraceError => {
  const problems = issues.flatMap((issue) => problemsOf(issue, [], schema)).slice(0, MOST_PROBLEMS)
  const first = problems[0]
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new MillraceError(
    'BAD_REQUEST',
    `The ${part} does not fit: ${first?.pointer === '' ? '' : `${first?.pointer} `}${first?.message}${more}`,
    {
      details: { in: part, pointer: first?.pointer, ...(first?.hint === undefined ? {} : { hint: first.hint }), problems },
    },
  )
}

const problemsOf = (issue: z.core.$ZodIssue, above: readonly PropertyKey[], schema: z.ZodType): readonly PartProblem[] => {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const known = path.length === 0 && schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
    return issue.keys.map((key) => {
      const hint = suggest(key, known)
      return { code: 'unknown', pointer: pointerOf([...path, key]), message: 'is not known here.', ...(hint === undefined ? {} : { hint }) }
    })
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The branch that got furthest is the one that was meant.
    const best = issue.errors.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0] ?? []
    if (best.length > 0) return best.flatMap((inner) => problemsOf(inner, path, schema))
  }
  return [{ code: issue.code, pointer: pointerOf(path), message: sentence(issue) }]
}

const depthOf = (issues: readonly z.core.$ZodIssue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length))

const sentence = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is missing.'
  const message = issue.message.replace(/^Invalid (input|option): /, '')
  return message === issue.message ? message : `is wrong: ${message}.`
}

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
