import { autocompletion, type CompletionContext, type CompletionResult, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, indentOnInput } from '@codemirror/language'
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import type { Problem } from '@millrace/model'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { completeText } from './checker.ts'
import { editorTheme } from './theme.ts'
import classes from './YamlEditor.module.css'

export interface YamlEditorHandle {
  /** Brings a line (from 1) into view and puts the cursor there. */
  goTo(line: number, column?: number): void
}

export interface YamlEditorProps {
  readonly value: string
  readonly onChange?: (value: string) => void
  /** Line of the cursor, from 1. */
  readonly onLine?: (line: number) => void
  readonly problems?: readonly Problem[]
  readonly isReadOnly?: boolean
  /** Not YAML: only the text. */
  readonly isPlain?: boolean
  readonly label: string
  /** Names offered after `task:`. */
  readonly tasks?: readonly string[]
  /** Of the page's CSP: the editor makes its own style elements. */
  readonly nonce: string
  readonly ref?: Ref<YamlEditorHandle>
}

const NO_TASKS: readonly string[] = []

/** Text of a model: problems in the gutter, completion from the language's schema, and every key CodeMirror's users expect. */
export const YamlEditor = ({
  value,
  onChange,
  onLine,
  problems,
  isReadOnly = false,
  isPlain = false,
  label,
  tasks = NO_TASKS,
  nonce,
  ref,
}: YamlEditorProps) => {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const current = useRef({ onChange, onLine, tasks })
  current.current = { onChange, onLine, tasks }
  const readOnly = useRef(new Compartment())

  useEffect(() => {
    if (place.current === null) return undefined
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          ...(isPlain ? [] : [yaml(), lintGutter()]),
          autocompletion({ override: [(context) => complete(context, current.current.tasks)] }),
          // Tab indents, as in every editor of code; Escape then Tab leaves (CodeMirror's own way out).
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...completionKeymap, indentWithTab]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          readOnly.current.of(EditorState.readOnly.of(isReadOnly)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) current.current.onChange?.(update.state.doc.toString())
            if (update.selectionSet) current.current.onLine?.(update.state.doc.lineAt(update.state.selection.main.head).number)
          }),
          editorTheme,
        ],
      }),
    })
    view.current = editor
    // Long lines are scrolled by keys through the scroller.
    editor.scrollDOM.tabIndex = 0
    return () => editor.destroy()
    // The editor owns its text from here on; changes from outside come below.
  }, [nonce, label])

  useEffect(() => {
    const editor = view.current
    if (editor === undefined || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  useEffect(() => {
    view.current?.dispatch({ effects: readOnly.current.reconfigure(EditorState.readOnly.of(isReadOnly)) })
  }, [isReadOnly])

  useEffect(() => {
    const editor = view.current
    if (editor !== undefined) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state, problems ?? [])))
  }, [problems])

  useImperativeHandle(ref, () => ({
    goTo: (line, column = 1) => {
      const editor = view.current
      if (editor === undefined) return
      const at = editor.state.doc.line(Math.min(Math.max(line, 1), editor.state.doc.lines))
      const head = Math.min(at.from + column - 1, at.to)
      editor.dispatch({ selection: { anchor: head }, effects: EditorView.scrollIntoView(head, { y: 'center' }) })
      editor.focus()
    },
  }))

  return <div ref={place} className={classes.editor} />
}

const complete = async (context: CompletionContext, tasks: readonly string[]): Promise<CompletionResult | null> => {
  const word = context.matchBefore(/[\w.:-]+/)
  if (word === null && !context.explicit && !/[:{,]\s$/.test(context.state.sliceDoc(Math.max(0, context.pos - 2), context.pos))) return null
  const { from, completions } = await completeText(context.state.doc.toString(), context.pos, tasks)
  if (completions.length === 0 || context.aborted) return null
  return { from, options: completions.map(({ label, detail }) => ({ label, ...(detail === undefined ? {} : { info: detail }) })) }
}

const diagnosticsOf = (state: EditorState, problems: readonly Problem[]): Diagnostic[] =>
  problems.map((problem) => {
    const line = state.doc.line(Math.min(Math.max(problem.line, 1), state.doc.lines))
    const from = Math.min(line.from + problem.column - 1, line.to)
    const hint = problem.hint === undefined ? '' : ` ${problem.hint}`
    return { from, to: Math.max(from, line.to), severity: problem.severity, message: `${problem.message}${hint}`, source: problem.code }
  })
