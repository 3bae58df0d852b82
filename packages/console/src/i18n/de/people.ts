import type { people as english } from '../en/people.ts'
import type { Translated } from '../texts.ts'

export const people: Translated<typeof english> = {
  password: {
    title: 'Kennwort ändern',
    current: 'Bisheriges Kennwort',
    next: 'Neues Kennwort',
    again: 'Neues Kennwort noch einmal',
    hint_one: 'Mindestens {{count}} Zeichen; einige Wörter sind gut.',
    hint_other: 'Mindestens {{count}} Zeichen; einige Wörter sind gut.',
    submit: 'Kennwort ändern',
    differs: 'Die beiden neuen Kennwörter unterscheiden sich.',
    wrong: 'Das ist nicht Ihr bisheriges Kennwort.',
    changed: 'Kennwort geändert. Alle anderen Sitzungen sind beendet.',
  },
  start: {
    title: 'Workflow starten',
    titleOf: '„{{title}}“ starten',
    workflow: 'Workflow',
    choose: 'Bitte wählen',
    none: 'Es gibt keinen Workflow, den Sie starten dürfen. Die Redaktion legt fest, wer was starten darf.',
    submit: 'Starten',
    instanceTitle: 'Titel',
    instanceTitleHint: 'Was in Listen zu sehen ist; leer = der des Workflows.',
    started: '{{title}} gestartet',
    locked: '{{message}} Starten Sie es in der Schlange, um zu warten.',
  },
}
