/** What editor.browser.test.ts opens: one editor over its check, under the policy of the console. */
import '../../app/theme/tokens.css'
import '../../app/theme/base.css'
import i18next from 'i18next'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { shared } from '../../i18n/en/shared.ts'
import classes from './bench-page.module.css'
import { useChecked } from './use-checked.ts'
import { YamlEditor } from './YamlEditor.tsx'

/** As part-page.fixture.ts serves it. */
const NONCE = 'part'

const Page = () => {
  const [text, setText] = useState('id: hello\nnodes:\n  - id: greet\n    type: process\n    task: log\n    next: end\n')
  const checked = useChecked(text)
  return (
    <div className={classes.page}>
      <YamlEditor value={text} onChange={setText} problems={checked?.problems ?? []} label="Hello" tasks={['crm.sync']} nonce={NONCE} />
      <output data-verdict={checked?.verdict} />
    </div>
  )
}

await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: shared } } })
const root = document.createElement('div')
document.body.append(root)
createRoot(root).render(<Page />)
