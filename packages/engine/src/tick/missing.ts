/** Thrown inside a decision that needs something which is not in memory. Decisions are pure, so the unit is decided again when it is loaded. */
export class Missing extends Error {
  readonly what: MissingThing

  constructor(what: MissingThing) {
    super('Something must be loaded before this can be decided.')
    this.what = what
  }
}

export type MissingThing =
  | { readonly state: string }
  | { readonly program: { readonly workspace: string; readonly workflow: string; readonly version?: number } }
  /** Another piece of this instance waits for its code. */
  | { readonly parked: string }
