/**
 * The number a person means: `1.5` and in German `1,5`, grouping as the language has it, `1e3`. Undefined when it is none, or has more
 * digits than a number keeps: better said than silently changed.
 */
export function parseNumber(text: string, language: string): number | undefined {
  const { group, decimal } = separatorsOf(language)
  const trimmed = text
    .trim()
    .replaceAll(/[\u00a0\u202f\u2019' ]/g, '')
    .replace('\u2212', '-')
  const plain = isGrouped(trimmed, { group, decimal }) ? trimmed.replaceAll(group, '') : trimmed
  const dotted = decimal === '.' ? plain : plain.replace(decimal, '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(dotted)) return undefined
  const number = Number(dotted)
  if (!Number.isFinite(number)) return undefined
  return hasTooManyDigits(dotted, number) ? undefined : number
}

interface Separators {
  readonly group: string
  readonly decimal: string
}

/** Groups of three before the decimals: `1.234.567,8`; else the sign is a decimal point after all. */
function isGrouped(text: string, { group, decimal }: Separators): boolean {
  const escape = (sign: string) => `\\${sign}`
  return group.trim() !== '' && new RegExp(`^[+-]?\\d{1,3}(${escape(group)}\\d{3})+(${escape(decimal)}\\d*)?$`).test(text)
}

function hasTooManyDigits(text: string, number: number): boolean {
  const digits = text.replace(/e.*$/i, '').replaceAll(/[^\d]/g, '').replace(/^0+/, '')
  return digits.length > 15 && (!/[.e]/i.test(text) ? !Number.isSafeInteger(number) : digits.length > 17)
}

function separatorsOf(language: string): Separators {
  const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(1_234_567.8)
  const sign = (type: string) => parts.find((part) => part.type === type)?.value
  return { group: sign('group') ?? ',', decimal: sign('decimal') ?? '.' }
}
