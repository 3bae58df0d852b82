import { useMemo, useRef, useState } from 'react'
import type { CatalogueEntry } from '../catalogue-entry.ts'
import { linesOfNode, nodeAtLine } from './check/node-lines.ts'
import { DiffView } from './DiffView.tsx'
import { useChecked } from './use-checked.ts'
import { YamlEditor, type YamlEditorHandle } from './YamlEditor.tsx'

const before = `# An editor reviews a page.
id: publish-page
title: Publish a page
payload: path
data:
  reason: { type: string }

nodes:
  - id: review
    type: participant
    title: Review {{ payload.path }}
    assign: group:editors
    due: P1D
    routes:
      approve: publish
      reject: rework
  - { id: rework, type: participant, assign: initiator, next: review }
  - id: publish
    type: process
    task: data.set
    with: { status: published }
    next: end
`

const after = before
  .replace('due: P1D', 'due: soon')
  .replace('reject: rework', 'reject: rewrok')
  .replace('    next: end\n', '    next: announce\n  - { id: announce, type: process, task: log, with: { message: "Done" }, next: end }\n')

/** The catalogue is a page of the development server, which has no policy. */
const NO_NONCE = ''

export const catalogue: readonly CatalogueEntry[] = [
  { name: 'editor: with problems', height: 520, show: () => <Edited start={after} /> },
  { name: 'editor: to read', height: 300, show: () => <YamlEditor value={before} isReadOnly label="Publish a page" nonce={NO_NONCE} /> },
  { name: 'editor: difference', height: 420, show: () => <DiffView before={before} after={after} nonce={NO_NONCE} /> },
]

const Edited = ({ start }: { readonly start: string }) => {
  const [text, setText] = useState(start)
  const [line, setLine] = useState(9)
  const checked = useChecked(text)
  const editor = useRef<YamlEditorHandle>(null)
  const node = checked === undefined ? undefined : nodeAtLine(checked.lines, line)
  const marked = useMemo(
    () => (checked === undefined || node === undefined ? undefined : linesOfNode(checked.lines, node, text)),
    [checked, node, text],
  )
  return (
    <YamlEditor
      ref={editor}
      value={text}
      label="Publish a page"
      onChange={setText}
      problems={checked?.problems ?? []}
      tasks={['crm.sync']}
      words={{ principals: ['group:editors', 'user:ana'] }}
      onLine={setLine}
      marked={marked}
      nonce={NO_NONCE}
    />
  )
}
