const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** How long something took, in the two largest units: "2 d 3 h", "1.5 s", "12 ms". */
export function spanText(ms: number, language: string): string {
  if (ms < 1_000) return part(Math.round(ms), 'millisecond', language)
  if (ms < 60_000) return part(Math.round(ms / 100) / 10, 'second', language)
  const first = UNITS.findIndex(([, size]) => ms >= size)
  const [unit, size] = UNITS[first] ?? UNITS[3]
  const whole = Math.floor(ms / size)
  const next = UNITS[first + 1]
  const rest = next === undefined ? 0 : Math.floor((ms - whole * size) / next[1])
  return next === undefined || rest === 0 ? part(whole, unit, language) : `${part(whole, unit, language)} ${part(rest, next[0], language)}`
}

function part(value: number, unit: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1 }).format(value)
}
