import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { overlay } from '../../app/frame/overlays.ts'
import { rightsOf } from '../../app/rights.ts'
import { styleNonce } from '../../app/theme/theme.ts'
import { versionOne } from '../../data/queries/versions.ts'
import { workflowOne, workflowVersions } from '../../data/queries/workflows.ts'
import { useData, useMe } from '../../data/use-data.ts'
import { Button, buttonClass } from '../../parts/button/Button.tsx'
import { ErrorNotice } from '../../parts/notice/ErrorNotice.tsx'
import { Page, Section } from '../../parts/page/Page.tsx'
import { PersonName } from '../../parts/person/PersonName.tsx'
import { Skeleton } from '../../parts/skeleton/Skeleton.tsx'
import { Table } from '../../parts/table/Table.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { useModelWords } from '../model/words.ts'
import { ActivityByDay } from '../operate/ActivityByDay.tsx'
import classes from './WorkflowPage.module.css'

const YamlEditor = lazy(async () => ({ default: (await import('../../parts/editor/YamlEditor.tsx')).YamlEditor }))

/** A code workflow: its source as synced, its versions, its instances. */
export const WorkflowPage = () => {
  const t = useModelWords()
  const { id } = useParams({ from: '/frame/workflows/$id' })
  const { version: asked } = useSearch({ from: '/frame/workflows/$id' })
  const navigate = useNavigate({ from: '/workflows/$id' })
  const { client } = useData()
  const { data, error, refetch } = useQuery(workflowOne(client, id))
  const versions = useQuery(workflowVersions(client, id))
  const { isStaff } = rightsOf(useMe())
  const shown = Number(asked ?? data?.latest ?? 1)
  const { data: version } = useQuery({ ...versionOne(client, id, shown), enabled: data !== undefined })
  if (data === undefined)
    return error === null ? <Skeleton lines={['45%', '70%']} height={14} /> : <ErrorNotice error={error} retry={() => void refetch()} />
  return (
    <Page
      title={data.title}
      actions={
        <>
          <Link to="/instances" search={{ workflow: id }} className={buttonClass({})}>
            {t('instances')}: {data.instances.open}
          </Link>
          {data.canStart ? (
            <Button look="primary" onClick={() => overlay.set({ kind: 'start', workflow: id })}>
              {t('start')}
            </Button>
          ) : null}
        </>
      }
    >
      <Section title={t('versions')}>
        <Table
          label={t('versions')}
          head={
            <>
              <th>{t('version')}</th>
              <th>{t('by')}</th>
              <th>{t('when')}</th>
              <th>{t('instances')}</th>
              <th>{t('note')}</th>
            </>
          }
        >
          {(versions.data?.items ?? []).map((row) => (
            <tr key={row.version} aria-current={row.version === shown ? 'true' : undefined}>
              <td data-label={t('version')}>
                <Button
                  size="small"
                  look="quiet"
                  onClick={() => void navigate({ search: { version: String(row.version) }, replace: true })}
                >
                  {row.version}
                </Button>
              </td>
              <td data-label={t('by')}>
                <PersonName principal={row.syncedBy} />
              </td>
              <td data-label={t('when')}>
                <Time ms={row.syncedAtMs} />
              </td>
              <td data-label={t('instances')}>{row.instances.open}</td>
              <td data-label={t('note')}>{row.note === undefined ? null : <UserText>{row.note}</UserText>}</td>
            </tr>
          ))}
        </Table>
      </Section>
      {isStaff ? <ActivityByDay workflow={id} /> : null}
      <Section title={`${t('source')} · ${t('version')} ${shown}`}>
        {version?.source === undefined ? (
          <p>{t('noText')}</p>
        ) : (
          <div className={classes.source}>
            <Suspense fallback={null}>
              <YamlEditor key={shown} value={version.source} isReadOnly label={t('sourceLabel')} nonce={styleNonce()} isPlain />
            </Suspense>
          </div>
        )}
      </Section>
    </Page>
  )
}
