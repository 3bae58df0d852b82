import { useTranslation } from 'react-i18next'
import { Dialog } from '../../parts/dialog/Dialog.tsx'
import { KeyHint } from '../../parts/key-hint/KeyHint.tsx'
import { usePreferences } from '../preferences/use-preferences.ts'
import classes from './KeyHelp.module.css'
import { KEY_TABLE, type KeyAction, type KeyEntry } from './key-table.ts'

const GROUPS = ['everywhere', 'list', 'item', 'page'] as const

/** All keys, from the table that also makes them work. */
export const KeyHelp = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation()
  const { preferences, change } = usePreferences()
  const entries = Object.entries(KEY_TABLE) as [KeyAction, KeyEntry][]
  return (
    <Dialog title={t('keys.title')} onClose={onClose} size={640}>
      <label className={classes.switch}>
        <input type="checkbox" checked={preferences.keys} onChange={(event) => void change({ keys: event.currentTarget.checked })} />
        <span>{t('keys.on')}</span>
      </label>
      <div className={classes.columns}>
        {GROUPS.map((group) => (
          <section key={group} className={classes.group}>
            <h2>{t(`keys.${group}`)}</h2>
            <dl>
              {entries
                .filter(([, entry]) => entry.group === group)
                .map(([action, entry]) => (
                  <div key={action} className={classes.line}>
                    <dt>{t(`keys.action.${action}`)}</dt>
                    <dd>
                      {action === 'route' ? (
                        <KeyHint keys="1 … 9" />
                      ) : (
                        entry.keys.map((key) => <KeyHint key={key} keys={key.replace('mod+', 'mod ').replace('Shift+', '⇧ ')} />)
                      )}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
