/** Longest source, in characters. A rule of a page is a program: it belongs in a task or a `{ js }` rule. */
export const MAX_EXPRESSION_LENGTH = 4_000

/** Most nodes in the syntax tree; four times what the longest rule of the sample models has. */
export const MAX_EXPRESSION_NODES = 500

/** Deepest nesting: keeps every recursion over the tree far from the stack's end. */
export const MAX_EXPRESSION_DEPTH = 40

/**
 * Work one evaluation may do, in units of about one operation on a small value (tens of nanoseconds): some 10 ms at worst, since
 * it runs inside a decision of the host. A `filter` over 10,000 entries fits.
 */
export const MAX_EXPRESSION_COST = 200_000
