import { isIdentifier } from '../text/identifier.ts'

/** Names of files that say what a file is, not which model it holds. */
const GENERIC = /^(?:\.content|content|design|runtime|model|workflow|flow|_?jcr[:_]content|nodes|response|index)$/i

/**
 * Id of an imported model: in AEM the name of its page or file. Design and runtime form have the same name, so they get the same id.
 *
 * A file that was flattened from a path with `__` counts by its last part; `<name>/.content.xml` by its folder.
 *
 * @example modelIdOf({ file: 'models/approve/.content.xml', title: 'Approve' }) // 'approve'
 */
export function modelIdOf({
  file,
  name,
  title,
}: {
  readonly file: string
  readonly name?: string | undefined
  readonly title: string
}): string {
  const candidates = [...namesIn(file), name ?? '', title].map(identifier)
  return candidates.find((id) => id !== undefined) ?? 'imported-model'
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
