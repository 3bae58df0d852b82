import { Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useData, useMe } from '../../data/use-data.ts'
import { Button } from '../../parts/button/Button.tsx'
import { Icon } from '../../parts/icon/Icon.tsx'
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
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button look="quiet" isIcon aria-label={t('frame.person', { name: me.displayName })}>
          <span className={classes.initials} aria-hidden="true">
            {initialsOf(me.displayName)}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <UserText className={classes.name}>{me.displayName}</UserText>
          <span className={classes.detail}>
            <span className="mr-mono">{me.user}</span>
            {me.roles.length === 0 ? null : ` · ${me.roles.map((role) => t(`role.${role}`)).join(', ')}`}
          </span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="settings" />} onClick={() => void navigate({ to: '/preferences' })}>
          {t('frame.preferences')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="key" />} onClick={() => void navigate({ to: '/tokens' })}>
          {t('frame.tokens')}
        </Menu.Item>
        {me.via === 'session' ? (
          <Menu.Item leftSection={<Icon name="lock" />} onClick={() => overlay.set({ kind: 'password' })}>
            {t('frame.changePassword')}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<Icon name="keyboard" />} onClick={() => overlay.set({ kind: 'help' })}>
          {t('frame.keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="out" />} onClick={signOut}>
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
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
