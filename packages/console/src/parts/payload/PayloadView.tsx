import type { Payload } from '@millrace/protocol'
import { useTranslation } from 'react-i18next'
import { Icon } from '../icon/Icon.tsx'
import { UserText } from '../user-text/UserText.tsx'
import { ValueTree } from '../value/ValueTree.tsx'
import classes from './PayloadView.module.css'

/** What an instance works on, by its kind: a reference as title and link, data as a labelled record. Nothing foreign is embedded. */
export const PayloadView = ({ payload }: { readonly payload: Payload }) => {
  const { t } = useTranslation()
  switch (payload.kind) {
    case 'none':
      return null
    case 'json':
      return (
        <div className={classes.json}>
          <ValueTree value={payload.json} label={t('payload.json')} />
        </div>
      )
    case 'path':
    case 'uuid':
      return (
        <div className={classes.reference}>
          <span className={classes.kind}>{t(`payload.${payload.kind}`)}</span>
          <UserText className="mr-mono">{payload.ref}</UserText>
        </div>
      )
    case 'url':
      return (
        <div className={classes.reference}>
          <span className={classes.kind}>{t('payload.url')}</span>
          {isWebAddress(payload.ref) ? (
            <a href={payload.ref} target="_blank" rel="noopener noreferrer nofollow">
              <UserText className="mr-mono">{payload.ref}</UserText> <Icon name="external" size={12} />
            </a>
          ) : (
            <UserText className="mr-mono">{payload.ref}</UserText>
          )}
        </div>
      )
  }
}

/** A payload comes from anywhere: only what a browser opens as a page becomes a link. */
const isWebAddress = (ref: string): boolean => /^https?:\/\//i.test(ref)
