import { WHY_CODES } from '@millrace/protocol'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import i18next from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { initReactI18next } from 'react-i18next'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { ConsoleData } from '../../data/console-data.ts'
import { createSession } from '../../data/session.ts'
import { DataContext } from '../../data/use-data.ts'
import { de } from '../../i18n/de/index.ts'
import { en } from '../../i18n/en/index.ts'
import { WhyLine } from './WhyLine.tsx'
import { WHY_FIXTURES } from './why-fixtures.ts'

// Before the page's clock is read for the first time, in a zone of its own.
vi.hoisted(() => {
  process.env.TZ = 'Europe/Prague'
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 12, 13, 2), toFake: ['Date'] })
})

const session = createSession()
session.signedIn({ user: 'ana', displayName: 'Ana', roles: [], groups: [], workspace: 'default', via: 'session' })
// The sentence asks for titles of people and preferences only through the cache, which is empty here.
const data = { session, client: {} } as unknown as ConsoleData

beforeAll(async () => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { translation: en }, de: { translation: de } }, interpolation: { escapeValue: false } })
})
afterEach(() => i18next.changeLanguage('en'))

const say = (code: (typeof WHY_CODES)[number]): string => {
  const html = renderToStaticMarkup(
    <DataContext value={data}>
      <QueryClientProvider client={new QueryClient()}>
        <WhyLine why={WHY_FIXTURES[code]} isPlain />
      </QueryClientProvider>
    </DataContext>,
  )
  return (
    html
      .replace(/<[^>]+>/g, '')
      .replaceAll('&quot;', '"')
      // A number keeps to its unit.
      .replaceAll('\u00a0', ' ')
  )
}
test('every reason an instance can have is a sentence', () => {
  expect(WHY_CODES.map((code) => say(code))).toMatchInlineSnapshot(`
    [
      "Waits for you or group finance since 13:02, due in 3 h, and 2 more reasons: “Review /content/home”",
      "Nobody can answer: group nobody has no active member, since 13:02, 1 h late: “Review /content/home”",
      "Retry 2 of 3 of Charge at 14:03",
      "Charge runs http.request, try 1 of 5, since 13:02",
      "Charge waits for a callback since 13:02",
      "Charge waits for the message “paid” since 13:02",
      "Charge waits until 15:02",
      "Charge waits for 0000abcd of refund since 13:02",
      "Queued behind 0000abcd for deployment:web, place 2, since 13:02",
      "Starts Fri 20:02",
      "Suspended: Audit until Friday",
      "Being cancelled; what still runs has until 14:02",
      "Incident on Charge: HTTP 503 from pay.example TASK_FAILED, since 13:02",
      "The function runs since 13:02",
      "All reviews done waits for the other branches since 13:02",
      "Nothing explains why it does not move since 13:02: doctor can restart its lost step",
    ]
  `)
})

test('and so it is in German', async () => {
  await i18next.changeLanguage('de')
  expect(WHY_CODES.map((code) => say(code))).toMatchInlineSnapshot(`
    [
      "Wartet seit 13:02 auf Sie oder Gruppe finance, fällig in 3 h, und 2 weitere Gründe: „Review /content/home“",
      "Niemand kann antworten: kein aktives Mitglied in Gruppe nobody, seit 13:02, 1 h überfällig: „Review /content/home“",
      "Charge: Versuch 2 von 3 um 14:03",
      "Charge führt http.request aus, Versuch 1 von 5, seit 13:02",
      "Charge wartet seit 13:02 auf einen Rückruf",
      "Charge wartet seit 13:02 auf die Nachricht „paid“",
      "Charge wartet bis 15:02",
      "Charge wartet seit 13:02 auf 0000abcd von refund",
      "Wartet seit 13:02 auf deployment:web hinter 0000abcd, Platz 2",
      "Beginnt Fr., 20:02",
      "Angehalten: Audit until Friday",
      "Wird abgebrochen; was noch läuft, hat Zeit bis 14:02",
      "Störung bei Charge: HTTP 503 from pay.example TASK_FAILED, seit 13:02",
      "Die Funktion läuft seit 13:02",
      "All reviews done wartet seit 13:02 auf die anderen Zweige",
      "Nichts erklärt, warum es seit 13:02 nicht weitergeht: Die Diagnose kann den verlorenen Schritt neu starten",
    ]
  `)
})

test('no sentence shows a place that was not filled', async () => {
  for (const language of ['en', 'de']) {
    await i18next.changeLanguage(language)
    for (const code of WHY_CODES) expect(say(code), `${language} ${code}`).not.toMatch(/\{\{|[\uE000\uE001]|why\.|undefined|null|NaN/)
  }
})
