/**
 * Headers that keep browsers from doing what no page of ours needs. Written out instead of `@fastify/helmet`: its defaults add `upgrade-insecure-requests`
 * (breaks plain http on a LAN) and put the style nonce into `script-src` too, and as a hook it would run for every API answer.
 */
const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** For JSON: nothing in it may ever run, be framed or be read by another site, and answers about people are not for caches. No more: each costs. */
export const API_HEADERS: { readonly [name: string]: string } = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}

/** For pages (CONSOLE.md rule 9). The nonce is for styles only: scripts are files of ours. */
export const pageHeaders = (nonce: string): { readonly [name: string]: string } => ({
  ...COMMON,
  'content-security-policy':
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; connect-src 'self'; font-src 'self'; worker-src 'self'; ` +
    `img-src 'self' data:; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`,
  'cache-control': 'no-store',
  'content-type': 'text/html; charset=utf-8',
})

/** For files the pages load. */
export const FILE_HEADERS: { readonly [name: string]: string } = COMMON
