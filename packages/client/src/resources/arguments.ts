import type { ArgumentsOf, RouteByKey, RouteKey } from '@millrace/protocol'

/** Body of a route by its `METHOD /path`. */
export type Body<K extends RouteKey> = ArgumentsOf<RouteByKey[K]> extends { readonly body?: infer B } ? Exclude<B, undefined> : never
/** Query of a route by its `METHOD /path`. */
export type Query<K extends RouteKey> = ArgumentsOf<RouteByKey[K]> extends { readonly query?: infer Q } ? Exclude<Q, undefined> : never
