/** What the crash test and the process it kills say to each other. */
export type Ask = { readonly n: number } & AskBody

export type AskBody =
  | { readonly kind: 'start'; readonly workflow: string; readonly key: string; readonly ledger: string }
  | { readonly kind: 'complete'; readonly instance: string; readonly step: number; readonly route: string; readonly key: string }
  | { readonly kind: 'publish'; readonly instance: string }
  | { readonly kind: 'instance'; readonly instance: string }
  | { readonly kind: 'doctor' }
  | { readonly kind: 'close' }

export type Told =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly n: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly n: number; readonly code: string; readonly text: string }
  | { readonly kind: 'defect'; readonly text: string }
