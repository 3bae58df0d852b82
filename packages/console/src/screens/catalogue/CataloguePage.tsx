import type { Why } from '@millrace/protocol'
import { type ReactNode, useState } from 'react'
import { Button } from '../../parts/button/Button.tsx'
import type { CatalogueEntry } from '../../parts/catalogue-entry.ts'
import { Checks } from '../../parts/checks/Checks.tsx'
import { Chip } from '../../parts/chip/Chip.tsx'
import { CopyId } from '../../parts/copy-id/CopyId.tsx'
import { EmptyState } from '../../parts/empty-state/EmptyState.tsx'
import { AreaField, ChoiceField, Field } from '../../parts/field/Field.tsx'
import { ICON_NAMES, Icon } from '../../parts/icon/Icon.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { Markdown } from '../../parts/markdown/Markdown.tsx'
import { Notice } from '../../parts/notice/Notice.tsx'
import { Page, Section } from '../../parts/page/Page.tsx'
import { RouteBar } from '../../parts/route-bar/RouteBar.tsx'
import { Row } from '../../parts/row/Row.tsx'
import { Secret } from '../../parts/secret/Secret.tsx'
import { Skeleton, SkeletonRows } from '../../parts/skeleton/Skeleton.tsx'
import { MARKS } from '../../parts/status-mark/mark.ts'
import { StatusMark } from '../../parts/status-mark/StatusMark.tsx'
import { Due } from '../../parts/time/Due.tsx'
import { Age, Time } from '../../parts/time/Time.tsx'
import { ClampedText } from '../../parts/user-text/ClampedText.tsx'
import { WhyLine } from '../../parts/why-line/WhyLine.tsx'
import { WHY_FIXTURES } from '../../parts/why-line/why-fixtures.ts'
import classes from './CataloguePage.module.css'

/** What each larger part shows of itself: `parts/NAME/catalogue.tsx`. */
const LARGER = import.meta.glob<readonly CatalogueEntry[]>('../../parts/*/catalogue.tsx', { import: 'catalogue', eager: true })

const NOW = Date.now()
const HOUR = 3_600_000

/** Our own parts in every state worth looking at. In development only. */
export const CataloguePage = () => (
  <Page title="Catalogue">
    <Section title="StatusMark">
      <Shelf>
        {MARKS.map((mark) => (
          <StatusMark key={mark} mark={mark} withWord />
        ))}
      </Shelf>
    </Section>
    <Section title="WhyLine">
      {(Object.values(WHY_FIXTURES) as readonly Why[]).map((why) => (
        <p key={why.code}>
          <WhyLine why={why} instance="0190d9f2-0000-7000-8000-000000000001" />
        </p>
      ))}
    </Section>
    <Section title="RouteBar">
      <RouteBarShown />
    </Section>
    <Section title="Row">
      <Row>
        <Cell>Plain</Cell>
      </Row>
      <Row isCurrent>
        <Cell>Current</Cell>
      </Row>
      <Row isSelected>
        <Cell>Selected</Cell>
      </Row>
      <Row isCurrent isSelected>
        <Cell>Current and selected</Cell>
      </Row>
      <Row isLeaving>
        <Cell>Leaving</Cell>
      </Row>
    </Section>
    <Section title="Button, KeyHint, Chip">
      <Shelf>
        {(['primary', 'default', 'danger', 'quiet'] as const).map((look) => (
          <Button key={look} look={look}>
            {look} <KeyHint keys="1" />
          </Button>
        ))}
        <Button isBusy>busy</Button>
        {(['primary', 'default', 'danger', 'quiet'] as const).map((look) => (
          <Button key={look} look={look} disabled>
            {look}, disabled
          </Button>
        ))}
        <Button size="small">small</Button>
        <Button size="small" look="danger">
          small, danger
        </Button>
        <Button icon={<Icon name="add" size={14} />}>with an icon</Button>
        <Button isIcon aria-label="More">
          <Icon name="more" />
        </Button>
        <Chip onRemove={() => {}} removeLabel="Remove">
          Workflow: Publish a page
        </Chip>
      </Shelf>
    </Section>
    <Section title="Field, Checks">
      <div className={classes.fields}>
        <Field label="Name" hint="A hint." required />
        <Field label="Wrong" problem="This is not a date." defaultValue="yesterday" />
        <ChoiceField label="Choice">
          <option>One</option>
          <option>Two</option>
        </ChoiceField>
        <AreaField label="Area" />
        <Checks legend="Several" name="several" options={[{ value: 'a', label: 'A', hint: 'the first' }]} checked={['a']} />
      </div>
    </Section>
    <Section title="Notice">
      <div className={classes.fields}>
        <Notice>Cleo claimed this 14:02.</Notice>
        <Notice tone="warning">The instance is suspended.</Notice>
        <Notice tone="error" action={<Button size="small">Try again</Button>}>
          The server does not answer.
        </Notice>
      </div>
    </Section>
    <Section title="Time, Due, CopyId, Secret">
      <Shelf>
        <Time ms={NOW - HOUR} />
        <Age ms={NOW - 50 * HOUR} />
        <Due ms={NOW + 3 * HOUR} />
        <Due ms={NOW - 60 * HOUR} />
        <CopyId id="0190d9f2-0000-7000-8000-0000000000ab" />
      </Shelf>
      <Secret text="mr_abcdefgh" />
    </Section>
    <Section title="Texts">
      <Markdown
        text={'## What to check\n\nIs **everything** there? See [the rules](https://example.org).\n\n1. Title\n2. `path`\n\n> A quote'}
      />
      <ClampedText>{'A long text that goes on and on. '.repeat(80)}</ClampedText>
      <ClampedText>{'مرحبا بالعالم <script>alert(1)</script> 👩‍🚀'}</ClampedText>
    </Section>
    <Section title="Icons">
      <Shelf>
        {ICON_NAMES.map((name) => (
          <span key={name} title={name}>
            <Icon name={name} />
          </span>
        ))}
      </Shelf>
    </Section>
    <Section title="EmptyState, Skeleton">
      <EmptyState title="Nothing waits for you" action={<Button>Start…</Button>}>
        When a workflow needs your decision, it appears here by itself.
      </EmptyState>
      <Skeleton lines={['40%', '70%', '55%']} />
      <SkeletonRows rows={2} height={52} />
    </Section>
    {Object.entries(LARGER).map(([file, entries]) =>
      entries.map(({ name, show, height }) => (
        <Section key={`${file} ${name}`} title={name}>
          <div {...(height === undefined ? {} : { style: { height } })} className={classes.larger}>
            {show()}
          </div>
        </Section>
      )),
    )}
  </Page>
)

const Shelf = ({ children }: { readonly children: ReactNode }) => <div className={classes.shelf}>{children}</div>

const Cell = ({ children }: { readonly children: ReactNode }) => <div className={classes.cell}>{children}</div>

const RouteBarShown = () => {
  const [armed, setArmed] = useState<string>()
  const [comment, setComment] = useState('')
  return (
    <RouteBar
      routes={[
        { name: 'approve', label: 'Approve', style: 'primary', keyHint: '1', consequence: 'then Bo reviews' },
        { name: 'reject', label: 'Reject', style: 'danger', keyHint: '2', consequence: 'ends here', needsComment: true },
        { name: 'later', label: 'Ask for more', keyHint: '3', consequence: 'depends on amount' },
      ]}
      armed={armed}
      onArm={setArmed}
      onConfirm={() => setArmed(undefined)}
      comment={comment}
      onComment={setComment}
      isBusy={false}
      isSimple={(name) => name === 'approve'}
      saved="Saved 14:02"
    />
  )
}
