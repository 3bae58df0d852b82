/** 128 random bits in hex. Not `crypto.randomUUID`: browsers refuse it on plain http from another machine. */
export const newIdempotencyKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
