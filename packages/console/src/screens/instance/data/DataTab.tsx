import type { Instance } from '@millrace/protocol'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { places, Sentence } from '../../../i18n/sentence.tsx'
import { Button } from '../../../parts/button/Button.tsx'
import { ErrorNotice } from '../../../parts/notice/ErrorNotice.tsx'
import { Section } from '../../../parts/page/Page.tsx'
import { PayloadView } from '../../../parts/payload/PayloadView.tsx'
import { PersonName } from '../../../parts/person/PersonName.tsx'
import { Skeleton } from '../../../parts/skeleton/Skeleton.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import { UserText } from '../../../parts/user-text/UserText.tsx'
import { ValueTree } from '../../../parts/value/ValueTree.tsx'
import { jsonLine } from '../json-line.ts'
import { useFacts } from '../use-facts.ts'
import classes from './DataTab.module.css'
import { type Comparison, dataBefore } from './data-before.ts'
import { type DataChange, dataChanges } from './data-changes.ts'

/** What it works on, its data now, and each change with the step or person that made it. */
export const DataTab = ({ instance, onChange }: { readonly instance: Instance; readonly onChange: (() => void) | undefined }) => {
  const { t } = useTranslation()
  const { payload, input, output, data } = instance
  const history = useFacts(instance.id)
  const changes = useMemo(() => dataChanges(history.facts ?? []), [history.facts])
  const [comparison, setComparison] = useState<Comparison | ''>('last')
  const previous = useMemo(
    () => (comparison === '' ? undefined : dataBefore(data, { changes, isWhole: !history.hasEarlier, comparison })),
    [data, changes, history.hasEarlier, comparison],
  )
  return (
    <div className={classes.columns}>
      <div>
        <Section
          title={t('data.now')}
          action={
            onChange === undefined ? null : (
              <Button size="small" onClick={onChange}>
                {t('command.menu.data')}
              </Button>
            )
          }
        >
          {Object.keys(data).length === 0 ? (
            <p className={classes.none}>{t('data.none')}</p>
          ) : (
            <ValueTree value={data} label={t('data.now')} previous={previous} />
          )}
          {changes.length < 2 ? null : (
            <label className={classes.compare}>
              {t('data.compare')}
              <select value={comparison} onChange={(event) => setComparison(event.currentTarget.value as Comparison | '')}>
                <option value="last">{t('data.compareLast')}</option>
                {history.hasEarlier ? null : <option value="first">{t('data.compareFirst')}</option>}
                <option value="">{t('data.compareNothing')}</option>
              </select>
            </label>
          )}
        </Section>
        {payload.kind === 'none' ? null : (
          <Section title={t('data.payload')}>
            <PayloadView payload={payload} />
          </Section>
        )}
        {input === undefined ? null : (
          <Section title={t('data.input')}>
            <ValueTree value={input} label={t('data.input')} />
          </Section>
        )}
        {output === undefined ? null : (
          <Section title={t('data.output')}>
            <ValueTree value={output} label={t('data.output')} />
          </Section>
        )}
      </div>
      <Changes instance={instance} history={history} changes={changes} />
    </div>
  )
}

interface ChangesProps {
  readonly instance: Instance
  readonly history: ReturnType<typeof useFacts>
  readonly changes: readonly DataChange[]
}

/** Newest first. */
const Changes = ({ instance, history, changes }: ChangesProps) => {
  const { t } = useTranslation()
  return (
    <Section title={t('data.changes')}>
      {history.error === undefined ? null : <ErrorNotice error={history.error} retry={history.retry} />}
      {history.facts === undefined ? (
        <Skeleton lines={['60%', '40%', '50%']} />
      ) : changes.length === 0 ? (
        <p className={classes.none}>{t('data.noChanges')}</p>
      ) : (
        <ol className={classes.changes}>
          {changes.toReversed().map((change) => (
            <li key={change.seq}>
              <p className={classes.cause}>
                <Cause instance={instance} change={change} /> <Time ms={change.atMs} />
              </p>
              <dl>
                {change.names.map(({ name, from, to }) => (
                  <div key={name} className={classes.name}>
                    <dt>
                      <UserText>{name}</UserText>
                    </dt>
                    <dd>
                      {from !== undefined && isNested(from) && isNested(to) ? (
                        <ValueTree value={to} previous={from} label={name} />
                      ) : (
                        <>
                          {from === undefined ? null : (
                            <>
                              <del>
                                <UserText>{jsonLine(from)}</UserText>
                              </del>{' '}
                            </>
                          )}
                          <ins>
                            <UserText>{jsonLine(to)}</UserText>
                          </ins>
                        </>
                      )}
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ol>
      )}
      {history.hasEarlier ? (
        <Button isBusy={history.isReadingEarlier} onClick={() => void history.readEarlier()}>
          {t('history.earlier')}
        </Button>
      ) : null}
    </Section>
  )
}

/** A record or a list: what changed in it is told entry by entry. */
const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null

const Cause = ({ instance, change }: { readonly instance: Instance; readonly change: DataChange }) => {
  const { t } = useTranslation()
  const who = <PersonName principal={change.by ?? 'system'} />
  const step =
    change.step === undefined ? null : (
      <Link to="/instances/$id" params={{ id: instance.id }} search={{ step: change.step }}>
        <UserText>{change.node ?? String(change.step)}</UserText>
      </Link>
    )
  const cause = change.cause === 'step' && change.by !== undefined ? 'answer' : change.cause
  return <Sentence text={t(`data.by.${cause}`, places('who', 'step'))} parts={{ who, step }} />
}
