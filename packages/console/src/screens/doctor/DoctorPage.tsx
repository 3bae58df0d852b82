import type { DoctorReport } from '@millrace/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { doctorReport } from '../../data/queries/operate.ts'
import { useData } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Chip } from '../../parts/chip/Chip.tsx'
import { ErrorNotice, useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { Page } from '../../parts/page/Page.tsx'
import { Row, rowLink } from '../../parts/row/Row.tsx'
import { SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { markOfWhy } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Time } from '../../parts/time/Time.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { WhyLine } from '../../parts/why-line/WhyLine.tsx'
import { WindowedRows } from '../../parts/windowed-rows/WindowedRows.tsx'
import classes from './DoctorPage.module.css'

type Line = DoctorReport['rows'][number]

/** Every open instance with why it waits; what nothing explains is a defect of the host, shown and repaired. */
export const DoctorPage = () => {
  const { t } = useTranslation()
  const { client } = useData()
  const { code } = useSearch({ from: '/frame/doctor' })
  const navigate = useNavigate({ from: '/doctor' })
  const queries = useQueryClient()
  const errorText = useErrorText()
  const { data, error, refetch, isFetching } = useQuery(doctorReport(client))
  const [isRepairing, setRepairing] = useState(false)
  const repair = async () => {
    setRepairing(true)
    try {
      const report = await client.doctor.repair()
      queries.setQueryData(doctorReport(client).queryKey, report)
      toast(t('doctor.repaired', { count: report.stale.filter(({ repaired }) => repaired === true).length }))
    } catch (reason) {
      toast(errorText(reason), 'error')
    } finally {
      setRepairing(false)
    }
  }
  const rows = useMemo(
    () =>
      // What nothing explains comes first: it is why somebody looks.
      [...(data?.stale ?? []), ...(data?.rows ?? [])]
        .filter(({ why }) => code === undefined || why.code === code)
        .map((row) => ({ id: row.instance, row })),
    [data, code],
  )
  return (
    <Page
      isFilled
      title={t('rail.doctor')}
      actions={
        <Button isBusy={isFetching} onClick={() => void refetch()}>
          {t('doctor.check')}
        </Button>
      }
      head={
        data === undefined ? null : (
          <div className={classes.head}>
            <p>
              {t('doctor.open', { count: data.open })} · {t('doctor.checked')} <Time ms={data.checkedAtMs} />
            </p>
            {code === undefined ? null : (
              <div>
                <Chip onRemove={() => void navigate({ search: {} })} removeLabel={t('inbox.dropFilter')}>
                  {rows[0] === undefined ? code : t(`mark.${markOfWhy(rows[0].row.why.code)}`)}
                </Chip>
              </div>
            )}
            {data.stale.length === 0 ? (
              <p className={classes.well}>
                <StatusMark mark="completed" /> {t('doctor.well')}
              </p>
            ) : (
              <Notice
                tone="error"
                action={
                  <Button isBusy={isRepairing} onClick={() => void repair()}>
                    {t('doctor.repair', { count: data.stale.length })}
                  </Button>
                }
              >
                {t('doctor.stale', { count: data.stale.length })}
              </Notice>
            )}
          </div>
        )
      }
    >
      {error !== null && data === undefined ? (
        <div className={classes.message}>
          <ErrorNotice error={error} retry={() => void refetch()} />
        </div>
      ) : data === undefined ? (
        <SkeletonRows rows={10} height={36} />
      ) : (
        <WindowedRows label={t('rail.doctor')} rows={rows} rowHeight={37} renderRow={({ row }) => <DoctorLine line={row} />} />
      )}
    </Page>
  )
}

const DoctorLine = ({ line }: { readonly line: Line }) => (
  <Row>
    <div className={classes.row}>
      <StatusMark mark={markOfWhy(line.why.code)} />
      <Link to="/instances/$id" params={{ id: line.instance }} className={`${rowLink} ${classes.title}`}>
        <UserText>{line.title}</UserText>
      </Link>
      <span className={classes.why}>
        <WhyLine why={line.why} isPlain />
      </span>
    </div>
  </Row>
)
