import { useEffect, useState } from 'react'
import { Button } from '../button/Button.tsx'
import { Icon } from '../icon/Icon.tsx'
import classes from './PlayBar.module.css'
import type { Play } from './play.ts'
import { useWords } from './words.ts'

export interface PlayBarProps {
  readonly play: Play
  /** From 0 (the beginning) to the last move. */
  readonly at: number
  readonly onMove: (at: number) => void
}

/** Milliseconds that a move stays while it plays by itself: long enough to read its sentence. */
const MOVE_MS = 1_800

/** Docks over the graph: shows a counterexample move by move, with a sentence for each. */
export const PlayBar = ({ play, at, onMove }: PlayBarProps) => {
  const t = useWords()
  const [isRunning, setRunning] = useState(false)
  const last = play.frames.length - 1
  const isPlaying = isRunning && at < last
  useEffect(() => {
    if (!isPlaying) return undefined
    const timer = setTimeout(() => {
      onMove(at + 1)
      if (at + 1 >= last) setRunning(false)
    }, MOVE_MS)
    return () => clearTimeout(timer)
  }, [isPlaying, at, last, onMove])
  const frame = play.frames[at]
  const place = at === 0 ? t('play.start') : t('play.place', { step: at, steps: last })
  return (
    <section className={classes.bar} aria-label={t('play')}>
      <div className={classes.controls}>
        <Button
          look="quiet"
          size="small"
          isIcon
          aria-label={t('play.back')}
          title={t('play.back')}
          disabled={at === 0}
          onClick={() => onMove(at - 1)}
        >
          <Icon name="left" size={14} />
        </Button>
        <Button
          look="quiet"
          size="small"
          isIcon
          aria-label={isPlaying ? t('play.stop') : t('play.run')}
          title={isPlaying ? t('play.stop') : t('play.run')}
          onClick={() => {
            if (!isPlaying && at >= last) onMove(0)
            setRunning(!isPlaying)
          }}
        >
          {isPlaying ? <span aria-hidden="true">❚❚</span> : <Icon name="play" size={12} />}
        </Button>
        <Button
          look="quiet"
          size="small"
          isIcon
          aria-label={t('play.forward')}
          title={t('play.forward')}
          disabled={at >= last}
          onClick={() => onMove(at + 1)}
        >
          <Icon name="right" size={14} />
        </Button>
        <input
          type="range"
          className={classes.slider}
          min={0}
          max={last}
          value={at}
          aria-label={t('play')}
          aria-valuetext={place}
          onChange={(event) => onMove(Number(event.currentTarget.value))}
        />
        <span className={classes.place}>{place}</span>
      </div>
      <p className={classes.sentence} data-defect={frame?.isDefect || undefined} aria-live="polite">
        <bdi>{frame?.sentence ?? ''}</bdi>
      </p>
    </section>
  )
}
