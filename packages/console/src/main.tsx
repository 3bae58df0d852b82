import './app/theme/mantine-parts.css'
import './app/theme/tokens.css'
import './app/theme/fonts.css'
import './app/theme/mantine.css'
import './app/theme/base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createConsoleRouter } from './app/router.tsx'
import { colorSchemeManager, styleNonce, theme } from './app/theme/theme.ts'
import { createConsoleData } from './data/console-data.ts'
import { DataContext } from './data/use-data.ts'
import { startI18n } from './i18n/start-i18n.ts'

// react-remove-scroll, under Mantine's overlays, takes its nonce from here (CONSOLE rule 9).
setNonce(styleNonce())

const data = createConsoleData()
const router = createConsoleRouter(data)

// Texts, who we are: asked at the same time. An unreachable server is shown by the page itself.
await Promise.all([startI18n(), data.begin().catch(() => {})])

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <DataContext value={data}>
        <QueryClientProvider client={data.queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </DataContext>
    </MantineProvider>
  </StrictMode>,
)
