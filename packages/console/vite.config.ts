import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { pageHead } from './vite/page-head.ts'
import { thirdParty } from './vite/third-party.ts'

/** What the server puts in place of it, anew in every answer (CONSOLE rule 9). */
const NONCE = '__CSP_NONCE__'

const licenses = thirdParty()

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), pageHead(), licenses.page()],
  html: { cspNonce: NONCE },
  build: {
    outDir: 'build',
    emptyOutDir: true,
    target: 'es2023',
    // Everything comes from our own address: `font-src 'self'` would refuse an inlined font.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The elk worker is what it is; size.ts holds each page to its own limit.
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
    // size.ts reads which chunk brings which.
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What the first page needs, in two files instead of sixty: libraries, which change rarely, and ours.
            { name: 'libraries', tags: ['$initial'], test: /[\\/]node_modules[\\/]/, priority: 2 },
            { name: 'first', tags: ['$initial'], test: (id) => !id.endsWith('main.tsx'), priority: 1 },
          ],
        },
      },
    },
  },
  worker: { format: 'es', plugins: () => [licenses.worker()] },
  server: { port: 5173, strictPort: true, proxy: { '/api': { target: process.env.MILLRACE_URL ?? 'http://127.0.0.1:7400' } } },
})
