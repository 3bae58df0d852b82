import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '0.8125rem', color: 'var(--mr-text)', backgroundColor: 'var(--mr-surface)' },
  '&.cm-focused': { outline: '2px solid var(--mr-accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mr-mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--mr-text)', padding: '8px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--mr-text)' },
  '.cm-gutters': { backgroundColor: 'var(--mr-surface)', color: 'var(--mr-muted)', borderRight: '1px solid var(--mr-line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--mr-hover)' },
  '.cm-activeLineGutter': { color: 'var(--mr-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--mr-accent) 24%, transparent)',
  },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--mr-pressed)', outline: '1px solid var(--mr-border)' },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--mr-warn-ground)', outline: '1px solid var(--mr-line)' },
  '.cm-searchMatch-selected': { outline: '1px solid var(--mr-person)' },
  '.cm-marked': { backgroundColor: 'var(--mr-selected)', boxShadow: 'inset 2px 0 0 var(--mr-accent)' },
  '.cm-panels': { backgroundColor: 'var(--mr-surface)', color: 'var(--mr-text)', borderColor: 'var(--mr-line)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--mr-line)' },
  '.cm-textfield': {
    border: '1px solid var(--mr-border)',
    borderRadius: 'var(--mr-radius)',
    backgroundColor: 'var(--mr-surface)',
    color: 'var(--mr-text)',
  },
  '.cm-button': {
    border: '1px solid var(--mr-border)',
    borderRadius: 'var(--mr-radius)',
    backgroundImage: 'none',
    backgroundColor: 'var(--mr-surface)',
    color: 'var(--mr-text)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--mr-line)',
    borderRadius: 'var(--mr-radius)',
    backgroundColor: 'var(--mr-surface)',
    color: 'var(--mr-text)',
    boxShadow: 'var(--mr-overlay-shadow)',
    fontFamily: 'var(--mr-font)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mr-mono)', maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--mr-selected)', color: 'var(--mr-text)' },
  '.cm-completionDetail': { color: 'var(--mr-muted)', fontStyle: 'normal' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 8px', maxWidth: '320px' },
  '.cm-diagnostic': { padding: '4px 10px', borderLeft: '0', whiteSpace: 'pre-wrap' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--mr-incident) 1px', textUnderlineOffset: '3px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--mr-person) 1px', textUnderlineOffset: '3px' },
  // Our shapes instead of the pictures that come with the library: a square on its corner, a half-filled circle.
  '.cm-gutter-lint': { width: '1.2em' },
  '.cm-lint-marker': { content: '""', width: '10px', height: '10px', margin: '0.35em auto' },
  '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--mr-incident)', transform: 'rotate(45deg) scale(0.8)' },
  '.cm-lint-marker-warning': { content: '""', border: '2px solid var(--mr-person)', borderRadius: '50%', backgroundColor: 'transparent' },
  // What came is green, what went is red, and signs in the gutter say it without colour.
  '.cm-changedLine, &.cm-merge-b .cm-changedLine': { backgroundColor: 'color-mix(in srgb, var(--mr-completed) 10%, transparent)' },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'color-mix(in srgb, var(--mr-incident) 8%, transparent)' },
  '.cm-changedText, &.cm-merge-b .cm-changedText': { background: 'color-mix(in srgb, var(--mr-completed) 26%, transparent)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--mr-incident) 22%, transparent)',
  },
  '.cm-insertedLine, .cm-deletedLine, .cm-deletedLine del': { textDecoration: 'none' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--mr-completed)' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--mr-incident)' },
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯" !important' },
  '.cm-collapsedLines': { background: 'var(--mr-hover)', color: 'var(--mr-muted)', fontFamily: 'var(--mr-font)', fontSize: '0.75rem' },
})

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName), tags.attributeName], color: 'var(--mr-accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--mr-completed)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.keyword], color: 'var(--mr-running)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--mr-muted)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace, tags.meta], color: 'var(--mr-muted)' },
  { tag: tags.labelName, color: 'var(--mr-timer)' },
])

/** The editor in our tokens, so that it follows light and dark by itself. */
export const editorTheme: Extension = [look, syntaxHighlighting(highlight)]
