import { yaml } from '@codemirror/lang-yaml'
import { MergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { editorTheme } from './theme.ts'
import classes from './YamlEditor.module.css'

export interface DiffViewProps {
  readonly before: string
  readonly after: string
  readonly nonce: string
}

/** Two texts side by side, with what differs marked. */
export const DiffView = ({ before, after, nonce }: DiffViewProps) => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (place.current === null) return undefined
    const extensions = [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      yaml(),
      EditorState.readOnly.of(true),
      EditorView.lineWrapping,
      editorTheme,
    ]
    const merge = new MergeView({
      parent: place.current,
      a: { doc: before, extensions },
      b: { doc: after, extensions },
      collapseUnchanged: { margin: 3, minSize: 6 },
    })
    return () => merge.destroy()
  }, [before, after, nonce])
  return <div ref={place} className={classes.editor} />
}
