/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/**
 * `T` as it comes back after it was stored as JSON: a `Date` is a string, what JSON does not know is gone. Results of calls are typed so,
 * because a workflow that is replayed reads them from its journal.
 *
 * @example type Receipt = Journaled<{ at: Date; id: number; cents?: number }> // { at: string; id: number; cents?: number }
 */
export type Journaled<T> = 0 extends 1 & T
  ? T
  : unknown extends T
    ? T
    : T extends JsonValue
      ? T
      : T extends { toJSON(): infer J }
        ? Journaled<J>
        : T extends undefined | void
          ? undefined
          : T extends bigint | symbol | ((...args: never) => unknown)
            ? never
            : T extends readonly unknown[]
              ? { readonly [K in keyof T]: Journaled<T[K]> }
              : T extends object
                ? { readonly [K in keyof T as Kept<K, T[K]>]: Journaled<T[K]> }
                : never

/** Names JSON keeps: texts, and of no function. */
type Kept<Name, Value> = Name extends symbol ? never : Value extends (...args: never) => unknown ? never : Name
