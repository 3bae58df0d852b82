import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import {
  Annotation,
  Compartment,
  EditorState,
  type Extension,
  RangeSetBuilder,
  StateEffect,
  StateField,
  Transaction,
} from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { Problem } from '@millrace/model'
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lines } from './check/node-lines.ts'
import { type CompletionOptions, completionOf } from './complete/completion-source.ts'
import type { HostWords } from './complete/suggestions.ts'
import { diagnosticsOf } from './diagnostics.ts'
import { editorTheme } from './theme.ts'
import { phrasesOf, useWords } from './words.ts'
import classes from './YamlEditor.module.css'

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
  /** Names offered after `workflow:`, and principals after `assign:`. */
  readonly words?: Omit<HostWords, 'tasks'>
  /** Lines of the node that is selected elsewhere. */
  readonly marked?: Lines | undefined
  /** Of the page's CSP: the editor makes its own style elements. */
  readonly nonce: string
  readonly ref?: Ref<YamlEditorHandle>
}

export interface YamlEditorHandle {
  /** Brings a line (from 1) into view and puts the cursor there. */
  goTo(line: number, column?: number): void
}

/**
 * Text of a model: problems in the gutter, completion from the language's schema, and every key CodeMirror's users expect. Fills its parent, which needs
 * a height. Tab indents, as in every editor of code; Escape and then Tab leaves.
 */
export const YamlEditor = (props: YamlEditorProps) => {
  const { value, problems, isReadOnly = false, isPlain = false, label, nonce, marked, ref } = props
  const t = useWords()
  const { i18n } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })
  const requiredWord = t('required')

  useEffect(() => {
    if (place.current === null) return undefined
    const words = () => ({ ...latest.current.words, tasks: latest.current.tasks ?? [] })
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          EditorView.cspNonce.of(nonce),
          ...editing,
          ...(isPlain ? [] : language({ requiredWord, words })),
          editorTheme,
          writing.of(writable(latest.current.isReadOnly === true, label)),
          EditorState.phrases.of(phrasesOf(i18n.language)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside) === true)) {
              latest.current.onChange?.(update.state.doc.toString())
            }
            if (update.selectionSet) latest.current.onLine?.(update.state.doc.lineAt(update.state.selection.main.head).number)
          }),
        ],
      }),
    })
    view.current = editor
    // Long lines are scrolled by keys through the scroller.
    editor.scrollDOM.tabIndex = 0
    return () => {
      editor.destroy()
      view.current = undefined
    }
    // The editor owns its text from here on; what changes from outside comes through `latest` and below.
  }, [nonce, label, isPlain, requiredWord, i18n.language])

  useEffect(() => replaceText(view.current, value), [value])
  useEffect(() => {
    view.current?.dispatch({ effects: writing.reconfigure(writable(isReadOnly, label)) })
  }, [isReadOnly, label])
  useEffect(() => {
    const editor = view.current
    if (editor !== undefined) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(problems ?? [], editor.state.doc)))
  }, [problems])
  useEffect(() => {
    view.current?.dispatch({ effects: markLines.of(marked) })
  }, [marked])
  useImperativeHandle(ref, () => ({
    goTo(line, column = 1) {
      const editor = view.current
      if (editor === undefined) return
      const at = editor.state.doc.line(Math.min(Math.max(1, line), editor.state.doc.lines))
      const position = Math.min(at.from + column - 1, at.to)
      editor.dispatch({ selection: { anchor: position }, effects: EditorView.scrollIntoView(position, { y: 'center' }) })
      editor.focus()
    },
  }))
  return <div ref={place} className={classes.editor} />
}

/** A change that came from the page and not from the hand. */
const fromOutside = Annotation.define<boolean>()
const writing = new Compartment()

function writable(isReadOnly: boolean, label: string): Extension {
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({ 'aria-label': label, ...(isReadOnly ? { 'aria-readonly': 'true' } : {}) }),
  ]
}

const editing: readonly Extension[] = [
  lineNumbers(),
  foldGutter(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  highlightSelectionMatches(),
  drawSelection(),
  history(),
  bracketMatching(),
  indentUnit.of('  '),
  EditorState.tabSize.of(2),
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
    indentWithTab,
  ]),
]

function language(options: CompletionOptions): readonly Extension[] {
  return [
    yaml(),
    lintGutter(),
    closeBrackets(),
    markedLines,
    autocompletion({ override: [completionOf(options)], icons: false, activateOnCompletion: ({ type }) => type === 'property' }),
  ]
}

/** Only what differs, so that the cursor stays and one undo takes it back. */
function replaceText(view: EditorView | undefined, value: string): void {
  if (view === undefined) return
  const before = view.state.doc.toString()
  if (before === value) return
  let from = 0
  while (from < before.length && from < value.length && before[from] === value[from]) from++
  let end = 0
  while (end < Math.min(before.length, value.length) - from && before.at(-1 - end) === value.at(-1 - end)) end++
  view.dispatch({
    changes: { from, to: before.length - end, insert: value.slice(from, value.length - end) },
    annotations: [fromOutside.of(true), Transaction.addToHistory.of(true)],
  })
}

const markLines = StateEffect.define<Lines | undefined>()
const markedLine = Decoration.line({ class: 'cm-marked' })

const markedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    const effect = transaction.effects.findLast((one) => one.is(markLines))
    if (effect === undefined) return decorations.map(transaction.changes)
    const lines = effect.value
    const builder = new RangeSetBuilder<Decoration>()
    const { doc } = transaction.state
    for (let number = lines?.from ?? 1; number <= Math.min(lines?.to ?? 0, doc.lines); number++) {
      const { from } = doc.line(number)
      builder.add(from, from, markedLine)
    }
    return builder.finish()
  },
  provide: (field) => EditorView.decorations.from(field),
})
