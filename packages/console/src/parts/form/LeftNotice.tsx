import { useTranslation } from 'react-i18next'
import { Notice } from '../notice/Notice.tsx'
import { UserText } from '../user-text/UserText.tsx'
import { ValueTree } from '../value/ValueTree.tsx'
import type { LeftOver } from './schema/carry-over.ts'

/** What was typed into an older form and has no field in this one: shown whole, to be copied. */
export const LeftNotice = ({ left }: { readonly left: readonly LeftOver[] }) => {
  const { t } = useTranslation()
  return (
    <Notice tone="warning">
      <p>{t('draft.left')}</p>
      {left.map((each) => (
        <div key={each.pointer}>
          <strong>
            <UserText>{each.label}</UserText>
          </strong>
          <ValueTree value={each.value} label={each.label} />
        </div>
      ))}
    </Notice>
  )
}
