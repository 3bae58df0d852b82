import type { JsonSchema, JsonValue } from '@millrace/model'
import { useState } from 'react'
import { Icon } from '../icon/Icon.tsx'
import { CopyButton } from './CopyButton.tsx'
import type { DiffNode } from './diff.ts'
import { Scalar } from './Scalar.tsx'
import classes from './ValueTree.module.css'
import { useWords } from './words.ts'

export interface EntriesProps {
  readonly node: DiffNode
  readonly schema: JsonValue | undefined
  readonly depth: number
  readonly isOnlyChanges: boolean
  readonly labelOf: (schema: JsonValue | undefined, name: string) => string
}

/** Entries shown at once; the rest on demand: a list of ten thousand must not hold the page. */
const FIRST_ENTRIES = 100
/** Records and lists deeper than this begin closed, unless something in them changed. */
const OPEN_DEPTH = 2
/** So do those with more entries. */
const OPEN_ENTRIES = 20

export const Entries = ({ node, schema, depth, isOnlyChanges, labelOf }: EntriesProps) => {
  const t = useWords()
  const [isWhole, setWhole] = useState(false)
  const entries = isOnlyChanges ? node.entries.filter((entry) => entry.change !== 'same') : node.entries
  const shown = isWhole ? entries : entries.slice(0, FIRST_ENTRIES)
  const isList = Array.isArray(node.value ?? node.before)
  return (
    <ul className={classes.entries}>
      {shown.map((entry, i) => (
        <Entry
          // The same name may stand twice in a list of which something is gone.
          key={`${entry.key} ${entry.change} ${isList ? i : ''}`}
          node={entry}
          schema={schemaAt(schema, entry.key, isList)}
          isInList={isList}
          depth={depth}
          isOnlyChanges={isOnlyChanges}
          labelOf={labelOf}
        />
      ))}
      {shown.length < entries.length ? (
        <li>
          <button type="button" className={classes.more} onClick={() => setWhole(true)}>
            {t('showAll', { count: entries.length })}
          </button>
        </li>
      ) : null}
    </ul>
  )
}

interface EntryProps extends EntriesProps {
  readonly isInList: boolean
}

const Entry = ({ node, schema, isInList, depth, isOnlyChanges, labelOf }: EntryProps) => {
  const t = useWords()
  const hasEntries = node.entries.length > 0
  const [isOpen, setOpen] = useState(node.change === 'inside' || (depth < OPEN_DEPTH && node.entries.length <= OPEN_ENTRIES))
  const title = typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? (schema as JsonSchema).title : undefined
  const label = isInList ? String(Number(node.key) + 1) : typeof title === 'string' ? labelOf(schema, node.key) : node.key
  const value = node.value ?? node.before ?? null
  return (
    <li className={classes.entry} data-change={node.change === 'same' || node.change === 'inside' ? undefined : node.change}>
      <div className={classes.line}>
        {hasEntries ? (
          <button type="button" className={classes.name} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <span className={classes.arrow} data-open={isOpen || undefined}>
              <Icon name="right" size={12} />
            </span>
            <bdi>{label}</bdi>
            <span className={classes.size}>{t('entries', { count: node.entries.length })}</span>
            {node.change === 'added' ? <span className={classes.sign}>{t('added')}</span> : null}
          </button>
        ) : (
          <span className={classes.name} data-israw={title === undefined || undefined}>
            <bdi>{label}</bdi>
          </span>
        )}
        {hasEntries ? null : (
          <div className={classes.value}>
            <Scalar value={value} change={node.change} before={node.before} />
          </div>
        )}
        <CopyButton isQuiet label={label} text={() => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))} />
      </div>
      {hasEntries && isOpen ? (
        <Entries node={node} schema={schema} depth={depth + 1} isOnlyChanges={isOnlyChanges} labelOf={labelOf} />
      ) : null}
    </li>
  )
}

function schemaAt(schema: JsonValue | undefined, key: string, isInList: boolean): JsonValue | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return undefined
  const { items, properties } = schema as JsonSchema
  if (isInList) return items
  return typeof properties === 'object' && properties !== null && !Array.isArray(properties) && Object.hasOwn(properties, key)
    ? (properties as JsonSchema)[key]
    : undefined
}
