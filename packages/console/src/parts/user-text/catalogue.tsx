import type { CatalogueEntry } from '../catalogue-entry.ts'
import { ClampedText } from './ClampedText.tsx'
import { UserText } from './UserText.tsx'

const ARABIC = 'مرحبا (بالعالم) \u202Egpj.exe'
const UNBROKEN = 'Donaudampfschifffahrtsgesellschaft'.repeat(12)

export const catalogue: readonly CatalogueEntry[] = [
  {
    name: 'user text: between words of ours, cut, markup',
    show: () => (
      <p>
        Waits for <UserText>{ARABIC}</UserText> since 14:02 · <UserText most={24}>{UNBROKEN}</UserText> ·{' '}
        <UserText>{'<b>not bold</b>'}</UserText>
      </p>
    ),
  },
  {
    name: 'user text: clamped, as a paragraph and as headings',
    show: () => (
      <>
        <ClampedText>{`${'The quick brown fox. '.repeat(60)}\n\nA second paragraph.`}</ClampedText>
        <ClampedText as="h2" lines={2}>
          {UNBROKEN}
        </ClampedText>
        <ClampedText as="h2" lines={2}>
          {ARABIC}
        </ClampedText>
      </>
    ),
  },
]
