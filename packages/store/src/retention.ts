/** How long things that are not the record of an instance are kept. */
const DAY_MS = 86_400_000

/** Feed positions: a console that slept over a long weekend still resumes (DESIGN 5.10). */
export const FEED_RETENTION_MS = 7 * DAY_MS
/** First answers of commands with an `Idempotency-Key` (DESIGN 5.11). */
export const ANSWER_RETENTION_MS = DAY_MS
/** Published messages nobody has waited for yet: as long as the longest notice people give each other, and not for ever. */
export const MESSAGE_RETENTION_MS = 30 * DAY_MS
/** Counts of a quarter of an hour: a year and a month, so that a month can be set beside the same one of last year. */
export const ACTIVITY_RETENTION_MS = 400 * DAY_MS
