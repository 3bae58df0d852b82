import { createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core'

/** Mantine asks for ten shades of a primary colour; ours is one role that tokens.css gives per scheme. */
const accent: MantineColorsTuple = Array.from({ length: 10 }, () => 'var(--mr-accent)') as unknown as MantineColorsTuple

/** What Mantine's components are told; how they look stands in mantine.css and tokens.css. */
export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: 6,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  fontFamily: 'var(--mr-font)',
  fontFamilyMonospace: 'var(--mr-mono)',
  respectReducedMotion: true,
  components: {
    Input: { defaultProps: { size: 'sm' } },
    InputWrapper: { defaultProps: { size: 'sm' } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md', radius: 'sm', withinPortal: true } },
    Popover: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Combobox: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 400, events: { hover: true, focus: true, touch: false } } },
    Modal: { defaultProps: { transitionProps: { duration: 0 }, centered: true, radius: 'sm', shadow: 'lg' } },
    Drawer: { defaultProps: { transitionProps: { duration: 0 }, radius: 0, shadow: 'lg' } },
  },
})

/** Same key as public/boot.js. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'millrace.theme' })

/** Nonce of this page's policy; empty in development, where there is none. */
export const styleNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
