import type { Model as ModelRow } from '@millrace/protocol'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { styleNonce } from '../../app/theme/theme.ts'
import { modelVersions } from '../../data/queries/models.ts'
import { versionOne } from '../../data/queries/versions.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { DiffView } from '../../parts/editor/DiffView.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import classes from './VersionsDialog.module.css'
import { useModelWords } from './words.ts'

interface VersionsDialogProps {
  readonly model: ModelRow
  /** Of the draft. */
  readonly text: string
  /** Absent for who may not edit. */
  readonly onRestore: ((text: string) => void) | undefined
  readonly onClose: () => void
}

/** Every version: who, when, why, what still runs on it; compared with the draft, or taken back as the draft. */
export const VersionsDialog = ({ model, text, onRestore, onClose }: VersionsDialogProps) => {
  const t = useModelWords()
  const { client } = useData()
  const { data } = useQuery(modelVersions(client, model.id))
  const [shown, setShown] = useState<number>()
  const { data: version } = useQuery({ ...versionOne(client, model.id, shown ?? 1), enabled: shown !== undefined })
  const source = version?.source
  return (
    <Dialog title={t('versions')} size={1_000} onClose={onClose}>
      {data?.items.length === 0 ? <p>{t('noVersions')}</p> : null}
      <Table
        label={t('versions')}
        head={
          <>
            <th>{t('version')}</th>
            <th>{t('by')}</th>
            <th>{t('when')}</th>
            <th>{t('instances')}</th>
            <th>{t('note')}</th>
            <th />
          </>
        }
      >
        {(data?.items ?? []).map((row) => (
          <tr key={row.version}>
            <td data-label={t('version')}>{row.version}</td>
            <td data-label={t('by')}>
              <PersonName principal={row.syncedBy} />
            </td>
            <td data-label={t('when')}>
              <Time ms={row.syncedAtMs} />
            </td>
            <td data-label={t('instances')}>{row.instances.open}</td>
            <td data-label={t('note')}>{row.note === undefined ? null : <UserText>{row.note}</UserText>}</td>
            <td data-tight>
              <Button size="small" look="quiet" onClick={() => setShown(row.version)}>
                {t('compare')}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {shown === undefined || source === undefined ? null : (
        <>
          <div className={classes.diff}>
            <DiffView before={source} after={text} nonce={styleNonce()} />
          </div>
          {onRestore === undefined ? null : (
            <div className={classes.actions}>
              <Button
                onClick={() => {
                  onRestore(source)
                  onClose()
                }}
              >
                {t('restore')}
              </Button>
            </div>
          )}
        </>
      )}
    </Dialog>
  )
}
