import type { Plugin } from 'vite'

/** Fonts of the first page: without the hint the browser finds them only after the stylesheet, too late for `font-display: optional`. */
const FIRST_FONTS = ['ibm-plex-sans-latin-wght-normal', 'ibm-plex-mono-latin-400-normal']
const TEXTS = /\/i18n\/(\w\w)\/index\.ts$/

/**
 * Writes into index.html what only the build knows: the first fonts, and per language the file of its texts (`data-texts-en`), which
 * public/boot.js starts to load as soon as it has chosen one.
 */
export const pageHead = (): Plugin => ({
  name: 'millrace-page-head',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      if (bundle === undefined) return html
      const texts: string[] = []
      const fonts: string[] = []
      for (const [file, output] of Object.entries(bundle)) {
        const language = output.type === 'chunk' ? TEXTS.exec(output.facadeModuleId ?? '')?.[1] : undefined
        if (language !== undefined) texts.push(` data-texts-${language}="/${file}"`)
        if (FIRST_FONTS.some((name) => file.includes(name))) fonts.push(file)
      }
      return {
        html: html.replace('<html ', `<html${texts.toSorted().join('')} `),
        tags: fonts.toSorted().map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        })),
      }
    },
  },
})
