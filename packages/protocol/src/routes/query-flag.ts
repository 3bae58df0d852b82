import { z } from 'zod'

/** A yes or no in a query: `?incident=true`. Typed callers give a boolean. */
export const QueryFlag = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1', 'yes'], falsy: ['false', '0', 'no'] })])
