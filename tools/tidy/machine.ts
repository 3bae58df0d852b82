import type { Finding } from './finding.ts'

/** Written so that this file does not find itself. */
const HOSTS = ['registry[.]npmjs', 'registry[.]yarnpkg', 'npm[.]pkg[.]github', 'deb[.]debian', 'security[.]debian', 'pypi[.]org'].join('|')
const FOLDERS = '/(work|farm|root|home/[a-z][\\w-]*|Users/[A-Za-z][\\w-]*)/'

const MACHINE = [
  {
    pattern: new RegExp(`(?<![\\w.$}*-])${FOLDERS}`),
    advice: 'a folder of one machine: use a path relative to the checkout, or a placeholder such as FOLDER',
  },
  { pattern: new RegExp(HOSTS), advice: 'a host of one registry: who installs has set theirs in npm or apt' },
]

/** Places that name a folder or a registry of the machine somebody happened to work on. */
export function machineTraces(path: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index) =>
    MACHINE.flatMap(({ pattern, advice }) => {
      const found = pattern.exec(line)
      return found === null ? [] : [{ path, line: index + 1, message: `"${found[0]}" is ${advice}` }]
    }),
  )
}
