const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A size in its largest decimal unit: `812 B`, `1.4 MB`. */
export const bytesText = (bytes: number): string => {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ''}`
}
