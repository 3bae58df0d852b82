import type { Cli } from '../cli.ts'

/** The text of a page, with how to get the next one where there is one. */
export const nextPage = (cli: Pick<Cli, 'style'>, page: { readonly next?: string | undefined }, text: string): string =>
  page.next === undefined ? text : `${text}\n${cli.style.dim(`There are more: add --cursor ${page.next}`)}`
