import type { MergeSide } from '@millrace/model'
import { useMemo, useState } from 'react'
import { styleNonce } from '../../../app/theme/theme.ts'
import { places, Sentence } from '../../../i18n/sentence.tsx'
import { Button } from '../../../parts/button/Button.tsx'
import { Dialog } from '../../../parts/dialog/Dialog.tsx'
import { DiffView } from '../../../parts/editor/DiffView.tsx'
import { PersonName } from '../../../parts/person/PersonName.tsx'
import { Time } from '../../../parts/time/Time.tsx'
import type { DraftConflict } from '../use-model-text.ts'
import { useModelWords } from '../words.ts'
import { ChangeList } from './ChangeList.tsx'
import { ConflictChoice } from './ConflictChoice.tsx'
import classes from './MergeDialog.module.css'
import { mergeTexts } from './merge-drafts.ts'

export interface MergeDialogProps {
  readonly conflict: DraftConflict
  /** Ours, as it was typed. */
  readonly mine: string
  /** Takes this text over theirs. */
  readonly resolve: (text: string) => void
}

/**
 * Two people changed the same thing of one draft: what each of them did, and a choice for everything that both changed. Nothing is saved meanwhile, and it
 * cannot be left without an answer.
 */
export const MergeDialog = ({ conflict: { base, theirs }, mine, resolve }: MergeDialogProps) => {
  const t = useModelWords()
  const [choices, setChoices] = useState<ReadonlyMap<string, MergeSide>>(new Map())
  const merge = useMemo(() => mergeTexts({ base, ours: mine, theirs: theirs.text }, choices), [base, mine, theirs.text, choices])
  const open = merge?.conflicts.filter(({ key }) => !choices.has(key)).length ?? 0
  const who = <PersonName principal={theirs.updatedBy} />
  return (
    <Dialog
      title={t('conflict')}
      size={1_000}
      actions={
        <>
          <Button look="quiet" onClick={() => resolve(theirs.text)}>
            {t('takeTheirs')}
          </Button>
          <Button look={merge === undefined ? 'primary' : 'quiet'} onClick={() => resolve(mine)}>
            {t('keepMine')}
          </Button>
          {merge === undefined ? null : (
            <Button look="primary" disabled={open > 0} onClick={() => resolve(merge.text)}>
              {open > 0 ? t('mergeOpen', { count: open }) : t('takeMerged')}
            </Button>
          )}
        </>
      }
    >
      <p>
        <Sentence
          text={t(merge === undefined ? 'conflictUnread' : 'conflictText', places('user', 'time'))}
          parts={{ user: who, time: <Time ms={theirs.updatedAtMs} /> }}
        />
      </p>
      <div className={classes.changes}>
        <ChangeList title={t('mergeMine')} before={base} after={mine} />
        <ChangeList title={<Sentence text={t('mergeTheirs', places('user'))} parts={{ user: who }} />} before={base} after={theirs.text} />
      </div>
      {merge?.conflicts.map((each) => (
        <ConflictChoice
          key={each.key}
          conflict={each}
          theirs={who}
          chosen={choices.get(each.key)}
          onChoose={(side) => setChoices((before) => new Map(before).set(each.key, side))}
        />
      ))}
      <details className={classes.diff} open={merge === undefined}>
        <summary>{t(merge === undefined ? 'mergeTexts' : 'mergeResult')}</summary>
        <div className={classes.text}>
          <DiffView before={theirs.text} after={merge?.text ?? mine} nonce={styleNonce()} />
        </div>
      </details>
    </Dialog>
  )
}
