import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One tool of `npm run check`. */
export interface CheckStep {
  /** What the reader sees, and may give as an argument to run only this: `npm run check -- oxlint`. */
  readonly name: string
  /** The file Node runs, then its arguments. */
  readonly argv: readonly string[]
  /** What to do when it fails, where the tool itself does not say. */
  readonly advice?: string
}

/** Everything `npm run check` runs, the cheapest first. */
export function checkSteps(root: string): readonly CheckStep[] {
  return [
    {
      name: 'biome',
      argv: [binOf(root, '@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '.'],
      advice: 'Format and sort imports with `npm run format`.',
    },
    { name: 'oxlint', argv: [binOf(root, 'oxlint', 'oxlint')] },
    ...typescriptProjects(root).map((project) => ({
      name: `tsc ${project}`,
      argv: [binOf(root, 'typescript', 'tsc'), '--noEmit', '--pretty', '-p', project],
    })),
    {
      name: 'knip',
      argv: [binOf(root, 'knip', 'knip'), '--no-progress'],
      advice: 'Delete what nothing uses, or export it where it is public (index.ts).',
    },
    { name: 'tidy', argv: [binOf(root, 'vitest', 'vitest'), 'run', 'tools/tidy'] },
  ]
}

/**
 * Each package is a project of its own, so that the pure ones see no host globals; their tests, which run in Node, are a second one. So
 * are the tools and the examples.
 */
function typescriptProjects(root: string): readonly string[] {
  return globSync(['packages/*/tsconfig*.json', 'tools/tsconfig.json', 'examples/tsconfig.json'], { cwd: root }).toSorted()
}

/** The JavaScript behind a package's command: `npx` would start npm for each, and a second Node. */
function binOf(root: string, name: string, command: string): string {
  const file = join(root, 'node_modules', name, 'package.json')
  if (!existsSync(file)) throw new Error(`Cannot find ${name} in node_modules. Run \`npm ci\`.`)
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'))
  const path = typeof bin === 'string' ? bin : bin[command]
  if (path === undefined) throw new Error(`${name} has no command "${command}".`)
  return join(dirname(file), path)
}
