import { yaml } from '@codemirror/lang-yaml'
import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { editorTheme } from './theme.ts'
import { phrasesOf, useWords } from './words.ts'
import classes from './YamlEditor.module.css'

export interface DiffViewProps {
  readonly before: string
  readonly after: string
  /** Of the page's CSP. */
  readonly nonce: string
}

/** Pixels below which two texts side by side are two columns of broken lines. */
const SIDE_BY_SIDE = 760
const COLLAPSED = { margin: 3, minSize: 6 }

/** Two texts with what differs marked: side by side where there is room, else one under the other. What is the same is folded. */
export const DiffView = ({ before, after, nonce }: DiffViewProps) => {
  const t = useWords()
  const { i18n } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const isSame = before === after
  const label = t('diff')
  useEffect(() => {
    const parent = place.current
    if (parent === null) return undefined
    const extensions: readonly Extension[] = [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      yaml(),
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true' }),
      EditorView.lineWrapping,
      EditorState.phrases.of(phrasesOf(i18n.language)),
      editorTheme,
    ]
    if (parent.clientWidth >= SIDE_BY_SIDE) {
      const merge = new MergeView({
        parent,
        a: { doc: before, extensions: [...extensions] },
        b: { doc: after, extensions: [...extensions] },
        collapseUnchanged: COLLAPSED,
      })
      return () => merge.destroy()
    }
    const unified = unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: COLLAPSED })
    const view = new EditorView({ parent, doc: after, extensions: [...extensions, unified] })
    return () => view.destroy()
  }, [before, after, nonce, label, i18n.language])
  if (isSame) return <p className={classes.same}>{t('diff.same')}</p>
  return <div ref={place} className={classes.editor} />
}
