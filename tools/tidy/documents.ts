import { dirname, normalize } from 'node:path/posix'
import type { Finding } from './finding.ts'

/**
 * Paths in a document that are not in the repository: targets of links, and what looks like a path of ours in code spans and code blocks.
 * `*` stands for any part of a name.
 *
 * @param paths every file of the repository, from its root
 */
export function brokenPaths(document: string, text: string, paths: readonly string[]): readonly Finding[] {
  const known = new Set(paths.flatMap((path) => [path, ...foldersOf(path)]))
  const top = new Set([...known].filter((path) => !path.includes('/')))
  return text.split('\n').flatMap((line, index) =>
    [...linksIn(line, document), ...pathsIn(line, top)]
      .filter((path) => !isThere(path, known))
      .map((path) => ({
        path: document,
        line: index + 1,
        message: `${path} does not exist: name what is there now, or remove the sentence`,
      })),
  )
}

/** `packages/NAME`, `packages/$NAME`, `packages/{a,b}`: a pattern for the reader, not a path. */
const PLACEHOLDER = /[{}…$]|\/(NAME|FILE|FOLDER|PACKAGE|ID)\b/

/** `[text](path#part)`, relative to the document; addresses and parts of the same page are somebody else's. */
function linksIn(line: string, document: string): readonly string[] {
  const targets = [...line.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target.replace(/#.*/, ''))
  return targets
    .filter((target) => target !== '' && !/^[a-z]+:|^\//.test(target))
    .map((target) => withoutSlash(normalize(`${dirname(document)}/${target}`)))
}

/** Words that begin with a folder or file at the root: `packages/kernel/src/decide.ts`, `./millrace`. */
function pathsIn(line: string, top: ReadonlySet<string>): readonly string[] {
  const words = line.replace(/\]\([^)]*\)/g, '').split(/[\s`'"(),;|<>]+/)
  return words
    .map((word) =>
      withoutSlash(
        word
          .replace(/^\.\//, '')
          .replace(/[.:]+$/, '')
          .replace(/:\d+$/, ''),
      ),
    )
    .filter((word) => word.includes('/') && !PLACEHOLDER.test(word) && top.has(word.split('/')[0] ?? ''))
}

function isThere(path: string, known: ReadonlySet<string>): boolean {
  if (!path.includes('*')) return known.has(path)
  const pattern = new RegExp(
    `^${path
      .split(/\*+/)
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  )
  return [...known].some((one) => pattern.test(one))
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '')
}
