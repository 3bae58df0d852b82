import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The editor in our tokens, so that it follows light and dark by itself. */
export const editorTheme = [
  EditorView.theme({
    '&': { height: '100%', backgroundColor: 'var(--mr-surface)', color: 'var(--mr-text)', fontSize: '13px' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--mr-mono)', lineHeight: '20px' },
    '.cm-gutters': { backgroundColor: 'var(--mr-surface)', color: 'var(--mr-muted)', borderRight: '1px solid var(--mr-line)' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--mr-accent) 8%, transparent)' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--mr-accent) 24%, transparent)',
    },
    '.cm-cursor': { borderLeftColor: 'var(--mr-text)' },
    '.cm-tooltip': {
      backgroundColor: 'var(--mr-surface)',
      color: 'var(--mr-text)',
      border: '1px solid var(--mr-line)',
      borderRadius: '4px',
    },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--mr-accent)', color: 'var(--mr-on-accent)' },
    '.cm-panels': { backgroundColor: 'var(--mr-ground)', color: 'var(--mr-text)', borderColor: 'var(--mr-line)' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--mr-accent)' },
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--mr-text)' },
      { tag: [tags.comment], color: 'var(--mr-muted)', fontStyle: 'italic' },
      { tag: [tags.bool, tags.number, tags.null, tags.keyword], color: 'var(--mr-running)' },
    ]),
  ),
]
