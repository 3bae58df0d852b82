import type { Realm } from '../realm.ts'

/**
 * The clock stands still while the function handles a result: it shows when that result was recorded, at every replay the same.
 * Code that reads it where no instance is (as its module loads) is refused, since the answer would depend on which instance came first.
 */
export const installClock = (realm: Realm): void => {
  const now = (): number => {
    if (realm.inside !== undefined) return realm.inside.nowMs
    throw realm.typeError(
      'The clock cannot be read while a workflow module loads: every instance has its own time. Read it inside the function, with run.now().',
    )
  }
  const RealmDate = realm.global['Date'] as DateConstructor
  const clockDate = realm.adopt(function Date(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new RealmDate(now()).toString()
    return Reflect.construct(
      RealmDate,
      args.length === 0 ? [now()] : args,
      (new.target as unknown) === clockDate ? RealmDate : new.target,
    ) as Date
  })
  Object.defineProperties(clockDate, {
    prototype: { value: RealmDate.prototype, writable: false },
    now: { value: realm.adopt(() => now()), writable: true, configurable: true },
    parse: { value: RealmDate.parse, writable: true, configurable: true },
    UTC: { value: RealmDate.UTC, writable: true, configurable: true },
    length: { value: 7 },
  })
  Object.defineProperty(RealmDate.prototype, 'constructor', { value: clockDate, writable: true, configurable: true })
  realm.global['Date'] = clockDate
  realm.global['performance'] = {
    now: realm.adopt(() => now() - (realm.inside?.startedAtMs ?? 0)),
    get timeOrigin() {
      return realm.inside?.startedAtMs ?? now()
    },
  }
  formatNow(realm, now)
}

/** `format()` without a date means now. */
const formatNow = (realm: Realm, now: () => number): void => {
  const prototype = (realm.global['Intl'] as typeof Intl).DateTimeFormat.prototype
  const original = Object.getOwnPropertyDescriptor(prototype, 'format')
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const format = original?.get?.call(this) as (date?: Date | number) => string
      return realm.adopt((date?: Date | number) => format(date ?? now()))
    },
  })
  const formatToParts = Object.getOwnPropertyDescriptor(prototype, 'formatToParts')?.value as Intl.DateTimeFormat['formatToParts']
  Object.defineProperty(prototype, 'formatToParts', {
    configurable: true,
    writable: true,
    value: realm.adopt(function (this: Intl.DateTimeFormat, date?: Date | number) {
      return formatToParts.call(this, date ?? now())
    }),
  })
}
