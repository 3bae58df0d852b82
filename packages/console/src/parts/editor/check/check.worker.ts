/** Checks off the page's thread, and apart from completion: a search for unsound plays must hold up neither a letter nor what is offered for it. */
import type { CheckRequest } from './check-runner.ts'
import { checkText } from './check-text.ts'

self.onmessage = ({ data }: MessageEvent<CheckRequest>) => self.postMessage(checkText(data.text))
