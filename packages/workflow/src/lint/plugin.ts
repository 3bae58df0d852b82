import { deterministic } from './deterministic.ts'

/**
 * The linter plugin for authors: `@millrace/workflow/lint`, for oxlint (`jsPlugins`) and ESLint 9.
 *
 * @example
 * // .oxlintrc.json
 * {
 *   "overrides": [{
 *     "files": ["**\/*.workflow.ts", "**\/*.workflow.js"],
 *     "jsPlugins": ["@millrace/workflow/lint"],
 *     "rules": { "millrace/deterministic": "error" }
 *   }]
 * }
 */
const plugin = { meta: { name: 'millrace' }, rules: { deterministic } }

// Linters ask for a default export.
export default plugin
