import { compileExpression } from '../expression/compile.ts'
import { compileTemplate } from '../expression/template.ts'
import type { Finding } from '../problem.ts'
import { expressionSites } from './expression-sites.ts'
import { error, type ModelRule } from './rule.ts'

/** Every rule and template is CEL that fits what the model declares. JavaScript rules are checked where they run. */
export const expressionsRule: ModelRule = ({ model, declarations }) => {
  const findings: Finding[] = []
  for (const { path, node, source, kind, expects } of expressionSites(model)) {
    const { problems } = kind === 'cel' ? compileExpression(source, declarations, expects) : compileTemplate(source, declarations, expects)
    for (const { code, message, hint, offset } of problems) {
      findings.push(error(code, { path, message, hint, offset, ...(node === undefined ? {} : { node }) }))
    }
  }
  return findings
}
