/** Largest text, in characters. The largest real model seen has 90,000; a thousand steps with forms fit, and it is read in a second. */
export const MAX_TEXT_LENGTH = 500_000

/** Deepest nesting of maps and lists: forms nest, models hardly do. */
export const MAX_TEXT_DEPTH = 64

/** Values in all, with every alias expanded: an alias bomb ends here instead of in memory. */
export const MAX_TEXT_VALUES = 200_000

/** Problems reported; a text with more is not a model with mistakes but another kind of text. */
export const MAX_PROBLEMS = 200

/** Nodes of a model; soundness, printing and drawing stay fast below it. */
export const MAX_NODES = 2_000
