import type { Rule } from '../../model.ts'
import { type Condition, FALSE, printCondition } from './condition.ts'
import { isDefinition, translateDefinition } from './definition.ts'
import { recogniseEcma } from './ecma.ts'
import type { Uses } from './subject.ts'

/** What became of the rule of a transition or a goto. */
export type TranslatedRule =
  /** Empty, or a script that says true whatever happens. */
  | { readonly kind: 'always' }
  | { readonly kind: 'cel'; readonly rule: string }
  /** Kept as JavaScript that a person has to look at. `name` says what it is. */
  | { readonly kind: 'manual'; readonly rule: Rule; readonly name: string }

/** Rules of AEM's own that say one thing only. */
const KNOWN_SCRIPTS: ReadonlyMap<string, Condition> = new Map([
  ['/libs/workflow/scripts/rule-false.ecma', FALSE],
  ['/etc/workflow/scripts/rule-false.ecma', FALSE],
])

/**
 * Translates a rule of any of AEM's three languages: inline script, path of a script, Rule Definition. Entries of data it reads are
 * added to `uses` when it is translated; entries already there are types it must agree with.
 */
export function translateRule(text: string | undefined, uses: Uses): TranslatedRule {
  const source = text?.trim() ?? ''
  if (source === '') return { kind: 'always' }
  const tried: Uses = new Map(uses)
  const path = scriptPath(source)
  const condition = recognise(source, path, tried)
  if (condition === undefined) return { kind: 'manual', ...manual(text ?? '', path) }
  for (const [key, type] of tried) uses.set(key, type)
  if (condition.kind === 'constant' && condition.value) return { kind: 'always' }
  return { kind: 'cel', rule: printCondition(condition) }
}

function recognise(source: string, path: string | undefined, uses: Uses): Condition | undefined {
  if (path !== undefined) return KNOWN_SCRIPTS.get(path)
  return isDefinition(source) ? translateDefinition(source, uses) : recogniseEcma(source, uses)
}

/** An absolute repository path on one line; a regular expression or a comment is none. */
function scriptPath(source: string): string | undefined {
  return /^\/[\w.-][^\s*]*$/.test(source) ? source : undefined
}

/** A script outside the model and a Rule Definition are no JavaScript, so what stands for them says what is missing when it runs. */
function manual(text: string, path: string | undefined): { readonly rule: Rule; readonly name: string } {
  if (path !== undefined) return { rule: missing(`the AEM script ${path} is not part of the model`), name: path }
  if (isDefinition(text)) return { rule: missing('this Rule Definition of AEM has no CEL equivalent'), name: 'Rule Definition' }
  return { rule: { js: text }, name: 'ECMA script' }
}

function missing(why: string): Rule {
  return { js: `function check() {\n  throw new Error(${JSON.stringify(`Write this rule: ${why}.`)})\n}\n` }
}
