/** People, groups, tokens, preferences, passwords, and starting. */
export const people = {
  password: {
    title: 'Change password',
    current: 'Current password',
    next: 'New password',
    again: 'New password again',
    hint_one: 'At least {{count}} character; a few words are good.',
    hint_other: 'At least {{count}} characters; a few words are good.',
    submit: 'Change password',
    differs: 'The two new passwords differ.',
    wrong: 'That is not your current password.',
    changed: 'Password changed. All other sessions have ended.',
  },
  start: {
    title: 'Start a workflow',
    titleOf: 'Start “{{title}}”',
    workflow: 'Workflow',
    choose: 'Choose one',
    none: 'There is no workflow you may start. Editors decide who may start what.',
    submit: 'Start',
    instanceTitle: 'Title',
    instanceTitleHint: 'What people will see in lists; empty = the workflow’s own.',
    started: '{{title}} started',
    locked: '{{message}} Start it in line to wait for it.',
  },
} as const
