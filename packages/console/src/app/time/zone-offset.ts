/** How far a zone is ahead of UTC at a time, in minutes; undefined zone = the browser's. */
export const zoneOffsetMinutes = (zone: string | undefined, ms: number): number => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...(zone === undefined ? {} : { timeZone: zone }),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(ms)
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value)
  const there = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'))
  return Math.round((there - Math.floor(ms / 60_000) * 60_000) / 60_000)
}
