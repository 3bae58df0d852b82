import { MillraceError } from '@millrace/client'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { importText } from '../../parts/editor/language.ts'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import classes from './ImportDialog.module.css'
import { useModelWords } from './words.ts'

interface Outcome {
  readonly file: string
  readonly id?: string
  readonly error?: string
  /** There is a model of this id already: whoever imports decides whether its draft becomes this text. */
  readonly replace?: () => Promise<void>
  /** What needs binding or a look. */
  readonly report: string
}

/** Largest file read; the server takes no larger text either. */
const MOST_BYTES = 8 * 2 ** 20

/** Files of Adobe Experience Manager by drop: each becomes a draft, with the report of what needs binding. */
export const ImportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useModelWords()
  const { client } = useData()
  const queries = useQueryClient()
  const errorText = useErrorText()
  const chooser = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([])

  const bringIn = async (file: File): Promise<Outcome> => {
    if (file.size > MOST_BYTES) return { file: file.name, error: t('importNothing', { file: file.name }), report: '' }
    const { text, id, problems, report } = await importText(await file.text(), file.name)
    if (text === undefined || id === undefined) {
      return {
        file: file.name,
        error: t('importNothing', { file: file.name }),
        report: problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`).join('\n'),
      }
    }
    try {
      await client.models.create({ text, format: 'yaml' })
      return { file: file.name, id, report }
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'EXISTS') {
        const replace = async (): Promise<void> => {
          const { draft } = await client.models.get(id)
          await client.models.save(id, { text, format: 'yaml' }, draft === undefined ? { ifNoneMatch: true } : { ifMatch: draft.etag })
        }
        return { file: file.name, id, report, replace }
      }
      return { file: file.name, error: errorText(error), report }
    }
  }
  const replace = async (outcome: Outcome): Promise<void> => {
    const { replace: _done, ...done } = outcome
    const after = await outcome.replace?.().then(
      () => done,
      (error: unknown) => ({ ...done, error: errorText(error) }),
    )
    setOutcomes((before) => before.map((each) => (each === outcome ? (after ?? done) : each)))
    await queries.invalidateQueries({ queryKey: ['workflow'] })
  }
  const take = async (files: FileList | null): Promise<void> => {
    setOver(false)
    for (const file of files ?? []) {
      const outcome = await bringIn(file)
      setOutcomes((before) => [...before, outcome])
    }
    await queries.invalidateQueries({ queryKey: ['workflow'] })
  }

  return (
    <Dialog title={t('importTitle')} size={720} onClose={onClose}>
      <div
        className={classes.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          void take(event.dataTransfer.files)
        }}
      >
        <span>{t('importHint')}</span>
        <Button onClick={() => chooser.current?.click()}>{t('choose')}</Button>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept=".xml,.json"
          aria-label={t('choose')}
          onChange={(event) => void take(event.currentTarget.files)}
        />
      </div>
      {outcomes.map((outcome, at) => (
        <div key={`${at} ${outcome.file}`}>
          <Notice
            tone={outcome.error === undefined ? (outcome.replace === undefined ? 'info' : 'warning') : 'error'}
            {...(outcome.replace === undefined
              ? {}
              : {
                  action: (
                    <Button size="small" onClick={() => void replace(outcome)}>
                      {t('importReplace')}
                    </Button>
                  ),
                })}
          >
            {outcome.error ??
              (outcome.replace !== undefined ? (
                t('importExists', { file: outcome.file, id: outcome.id })
              ) : (
                <Link to="/models/$id" params={{ id: outcome.id ?? '' }}>
                  {t('importDone', { id: outcome.id })}
                </Link>
              ))}
          </Notice>
          {outcome.report === '' ? null : <pre className={classes.report}>{outcome.report}</pre>}
        </div>
      ))}
    </Dialog>
  )
}
