import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useData, useMe } from '../../data/use-data.ts'
import { Icon } from '../../parts/icon/Icon.tsx'
import { Menu, MenuItem, MenuLine } from '../../parts/menu/Menu.tsx'
import { useErrorText } from '../../parts/notice/ErrorNotice.tsx'
import { toast } from '../../parts/toast/toasts.ts'
import { UserText } from '../../parts/user-text/UserText.tsx'
import { overlay } from './overlays.ts'
import classes from './PersonMenu.module.css'

/** Who is signed in, and what is theirs. */
export const PersonMenu = () => {
  const { t } = useTranslation()
  const me = useMe()
  const data = useData()
  const navigate = useNavigate()
  const errorText = useErrorText()
  const signOut = () => {
    data.signOut().catch((error: unknown) => toast(errorText(error), 'error'))
  }
  return (
    <Menu
      look="quiet"
      isIcon
      align="end"
      label={t('frame.person', { name: me.displayName })}
      button={
        <span className={classes.initials} aria-hidden="true">
          {initialsOf(me.displayName)}
        </span>
      }
      head={
        <div className={classes.who}>
          <UserText className={classes.name}>{me.displayName}</UserText>
          <span className={classes.detail}>
            <span className="mr-mono">{me.user}</span>
            {me.roles.length === 0 ? null : ` · ${me.roles.map((role) => t(`role.${role}`)).join(', ')}`}
          </span>
        </div>
      }
    >
      <MenuItem icon={<Icon name="settings" />} onSelect={() => void navigate({ to: '/preferences' })}>
        {t('frame.preferences')}
      </MenuItem>
      <MenuItem icon={<Icon name="key" />} onSelect={() => void navigate({ to: '/tokens' })}>
        {t('frame.tokens')}
      </MenuItem>
      {me.via === 'session' ? (
        <MenuItem icon={<Icon name="lock" />} onSelect={() => overlay.set({ kind: 'password' })}>
          {t('frame.changePassword')}
        </MenuItem>
      ) : null}
      <MenuItem icon={<Icon name="keyboard" />} onSelect={() => overlay.set({ kind: 'help' })}>
        {t('frame.keys')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Icon name="out" />} onSelect={signOut}>
        {t('frame.signOut')}
      </MenuItem>
    </Menu>
  )
}

/** First letters of the first and the last word, by what a reader sees as one letter. */
const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) =>
    word === undefined ? '' : ([...new Intl.Segmenter().segment(word)][0]?.segment ?? ''),
  )
  return letters.join('').toLocaleUpperCase()
}
