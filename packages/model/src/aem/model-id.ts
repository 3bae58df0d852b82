import { isIdentifier } from '../text/identifier.ts'
import type { Reading } from './read/reading.ts'

/** Names of files that say what a file is, not which model it holds. */
const GENERIC = /^(?:\.content|content|design|runtime|model|workflow|flow|_?jcr[:_]content|nodes|response|index)$/i

/**
 * Id of an imported model: in AEM the name of its page or file. Design and runtime form have the same name, so they get the same id.
 *
 * The REST form says its id itself. A file that was flattened from a path with `__` counts by its last part; `<name>/.content.xml` by its folder.
 *
 * @example modelIdOf('models/approve/.content.xml', reading) // 'approve'
 */
export function modelIdOf(file: string, { form, name, runtime }: Pick<Reading, 'form' | 'name' | 'runtime'>): string {
  const inFile = form === 'json' ? [name ?? '', ...namesIn(file)] : [...namesIn(file), name ?? '']
  return [...inFile, runtime.title].map(identifier).find((id) => id !== undefined) ?? 'imported-model'
}

/** Parts of a path from the last on, without endings. */
function namesIn(file: string): readonly string[] {
  const parts = file.split(/[/\\]/).map((part) => part.replace(/\.(?:xml|json)$/i, '').replace(/\.(?:design|runtime)$/i, ''))
  const [last = '', ...folders] = parts.reverse()
  if (!GENERIC.test(last)) return [last.split('__').at(-1) ?? last]
  return folders
    .slice(0, 2)
    .filter((folder) => folder !== '' && folder !== '.' && folder !== '..' && !GENERIC.test(folder))
    .slice(0, /^\.?content$|^model$/i.test(last) ? 1 : 0)
}

function identifier(text: string): string | undefined {
  const id = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[^a-z]+|[-.]+$/g, '')
    .slice(0, 100)
  return isIdentifier(id) ? id : undefined
}
