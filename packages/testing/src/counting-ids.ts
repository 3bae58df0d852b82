/**
 * Makes ids that look like those of the host (UUIDv7) and are the same in every run of a test: they count.
 *
 * @example const newId = createCountingIds() // '00000000-0000-7000-8000-000000000001', …
 */
export const createCountingIds = (): (() => string) => {
  let count = 0
  return () => `00000000-0000-7000-8000-${(++count).toString(16).padStart(12, '0')}`
}
