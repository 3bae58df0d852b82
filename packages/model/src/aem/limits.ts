/** Longest text read, in UTF-16 units. The largest of about 150 real models has 60,000; a repository dump is no model. */
export const MAX_AEM_CHARS = 4_000_000
/** Most elements in one file: a model of 2,000 steps has about 10,000. */
export const MAX_AEM_ELEMENTS = 50_000
/** Deepest nesting of elements; each nested split takes two. Keeps every recursion far from the stack's end. */
export const MAX_AEM_DEPTH = 80
/** Longest script that is searched for a recognised idiom; a longer one is a program and stays a manual rule. */
export const MAX_RULE_CHARS = 20_000
/** Statements a rule may pass through, counting both sides of every `if`, before it is left as it is. */
export const MAX_RULE_STATEMENTS = 500
/** Parts of a recognised condition; its CEL then stays under the 500 nodes an expression may have. */
export const MAX_RULE_PARTS = 60
