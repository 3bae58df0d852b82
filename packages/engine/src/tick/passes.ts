/** Passes over units that needed something loaded; each loads all that is missing, so a chain of children needs the most. */
export const MAX_PASSES = 64

export const tooManyPasses = (instance: string): Error =>
  new Error(`A unit of instance ${instance} needs more than ${MAX_PASSES} passes to load what it decides on.`)
