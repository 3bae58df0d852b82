import { registerHooks } from 'node:module'

const OURS = /^(@millrace\/workflow(\/.*)?|zod(\/.*)?)$/

/**
 * Lets authors' files import `@millrace/workflow` and zod in a folder where nothing was installed: what Node does not find there is taken
 * from where Millrace is.
 */
export const resolveOurPackages = (): void => {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context)
      } catch (error) {
        if (!OURS.test(specifier)) throw error
        return next(specifier, { ...context, parentURL: import.meta.url })
      }
    },
  })
}
