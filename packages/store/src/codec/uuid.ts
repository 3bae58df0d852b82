/** Public ids on disk: 16 bytes instead of 36 letters, in the same order. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => UUID.test(text)

/** Bytes of a UUID in lower case with dashes. */
export const uuidBytes = (text: string): Buffer => {
  const hex = text.slice(0, 8) + text.slice(9, 13) + text.slice(14, 18) + text.slice(19, 23) + text.slice(24)
  const bytes = Buffer.from(hex, 'hex')
  if (bytes.length !== 16) throw new Error(`"${text}" is no instance id: a UUID in lower case with dashes is needed.`)
  return bytes
}

export const uuidText = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
