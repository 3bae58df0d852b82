import type { Finding } from './finding.ts'

/** A word that the glossary (DESIGN, section 2) spells otherwise. */
interface Word {
  readonly not: RegExp
  readonly but: string
}

/**
 * One noun, one spelling, in code, tables, routes, CLI and docs: a newcomer greps one word and finds every layer. Only words that are
 * never right for something else are here.
 */
const words: readonly Word[] = [
  { not: /\bMillRace|\bMill Race|\bmill-race/, but: 'Millrace, millrace' },
  {
    not: /[cC]ancel(ed|ing|ation)|CANCEL(ED|ING)\b/,
    but: 'cancelling, CANCELLING with two l; what ended so is ABORTED',
  },
  { not: /[wW]orkitem|WORKITEM/, but: 'work item, WorkItem, work-item, work_item' },
  { not: /\b[wW]ork flow|[wW]orkFlow|work[-_]flow\b/, but: 'workflow, Workflow' },
  { not: /[wW]orkflow ?[iI]nstance|[pP]rocess ?[iI]nstance|workflow[-_]instance|process[-_]instance/, but: 'instance' },
  { not: /[hH]uman ?[tT]ask|[uU]ser ?[tT]ask|(human|user)[-_]task/, but: 'work item (what waits), participant (the node that opens it)' },
  { not: /[fF]ailure ?[iI]tem|[dD]ead[- ]?[lL]etter/, but: 'incident' },
  { not: /[eE]ventlog|[aA]uditlog|[aA]udit ?[tT]rail/, but: 'history (of facts)' },
  {
    not: /\b(TERMINATED|IN_PROGRESS|SUCCEEDED|PAUSED|ENQUEUED|SLEEPING)\b/,
    but: 'the statuses of DESIGN section 2: COMPLETED, RUNNING, SUSPENDED, QUEUED, ABORTED',
  },
  { not: /\bisPaused|\bpauseInstance|\bunpause/, but: 'suspend, resume' },
  { not: /\btenants?\b|[a-z]Tenants?\b/, but: 'workspace' },
  { not: /[bB]lue[- ]print|bluePrint|BluePrint/, but: 'blueprint' },
  { not: /[wW]eb[- ]hook|webHook|WebHook/, but: 'webhook' },
  { not: /[tT]ime-out/, but: 'timeout' },
  { not: /\badmins\b|[a-z]Admins?\b|\bisAdmin\b/, but: 'administrator' },
]

/** Files that must use the words of others, each with the reason. A prefix stands for everything under it. */
const exceptions: Readonly<Record<string, string>> = {
  'COMPAT.md': 'says what AEM, Appsmith and Cloudify call it',
  'packages/model/src/aem/': 'reads files written in the words of AEM',
  'packages/model/src/text/node.ts': 'knows what others call a node type, to say which of ours is meant',
  'packages/workflow/src/appsmith': 'offers the names of Appsmith',
  'packages/runner/src/core/appsmith': 'answers to the names of Appsmith',
  'tools/tidy/': 'names the words it refuses',
}

/** Places where the glossary spells it otherwise. */
export function misspelledWords(path: string, text: string): readonly Finding[] {
  if (Object.keys(exceptions).some((prefix) => path.startsWith(prefix))) return []
  return text.split('\n').flatMap((line, index) =>
    words.flatMap(({ not, but }) => {
      const found = not.exec(line)
      return found === null ? [] : [{ path, line: index + 1, message: `"${found[0]}": the glossary says ${but}` }]
    }),
  )
}
