/** Digits of a short id: the end of a UUIDv7, where chance is; its beginning is the time and the same for everything started today. */
const LENGTH = 8

/** `0198c1f2-…-3fa94b7c21d0` → `4b7c21d0`; a work item `…21d0.3` → `4b7c21d0.3`. Other texts stay. */
export const shortId = (id: string): string => {
  const [instance = '', ...rest] = id.split('.')
  if (!/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(instance)) return id
  return [instance.slice(-LENGTH), ...rest].join('.')
}
