import { AEM_FREE_DIFFERENCES } from '../aem/runtime/compare.ts'
import type { Imported } from '../model.ts'

/**
 * What of an import is content: not the file it came from, which of its two forms that was, nor who changed it there and when. A design and the runtime
 * model AEM made of it are one model.
 */
export function importedContent({ from: _from, file: _file, metadata, ...rest }: Imported): Omit<Imported, 'from' | 'file'> {
  const kept = Object.entries(metadata).filter(([key]) => !(`metaData/${key}` in AEM_FREE_DIFFERENCES))
  return { ...rest, metadata: Object.fromEntries(kept) }
}
