import type { Route } from './route.ts'
import { routes } from './table.ts'

export interface ListedRoute {
  /** `instances.start`: where it stands in the table, in the client and in the API document. */
  readonly id: string
  readonly route: Route
}

/** Every route of the table in a row, for whoever treats all alike. */
export const listRoutes = (): readonly ListedRoute[] =>
  Object.entries<{ readonly [name: string]: Route }>(routes).flatMap(([noun, entries]) =>
    Object.entries(entries).map(([name, route]) => ({ id: `${noun}.${name}`, route })),
  )
