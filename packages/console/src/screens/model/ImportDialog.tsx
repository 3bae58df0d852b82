import { MillraceError } from '@millrace/client'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useData } from '../../data/use-data.ts'
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
      // One that is there already is changed, not made twice: its page shows what differs.
      if (error instanceof MillraceError && error.code === 'EXISTS') {
        const { draft } = await client.models.get(id)
        if (draft !== undefined) await client.models.save(id, { text, format: 'yaml' }, { ifMatch: draft.etag })
        return { file: file.name, id, report }
      }
      return { file: file.name, error: errorText(error), report }
    }
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
        <label>
          <span className="mr-unseen">{t('choose')}</span>
          <input type="file" multiple accept=".xml,.json" onChange={(event) => void take(event.currentTarget.files)} />
        </label>
      </div>
      {outcomes.map((outcome) => (
        <div key={`${outcome.file} ${outcome.id ?? ''}`}>
          <Notice tone={outcome.error === undefined ? 'info' : 'error'}>
            {outcome.error ?? (
              <Link to="/models/$id" params={{ id: outcome.id ?? '' }}>
                {t('importDone', { id: outcome.id })}
              </Link>
            )}
          </Notice>
          {outcome.report === '' ? null : <pre className={classes.report}>{outcome.report}</pre>}
        </div>
      ))}
    </Dialog>
  )
}
