import { Fragment, type ReactNode } from 'react'

/** Marks of a place in a text: private-use characters, so that no text of ours or of a user looks like one. */
const OPEN = '\uE000'
const CLOSE = '\uE001'
const PLACE = new RegExp(`${OPEN}(\\w+)${CLOSE}`)

/** Values that leave places in a translated text, to be filled with elements by `Sentence`. */
export const places = <const N extends string>(...names: readonly N[]): { readonly [K in N]: string } =>
  Object.fromEntries(names.map((name) => [name, `${OPEN}${name}${CLOSE}`])) as { readonly [K in N]: string }

/**
 * A translated text with elements in its places: the words keep the order of the language, the nouns stay links.
 *
 * @example <Sentence text={t('why.PERSON', places('who'))} parts={{ who: <PersonLink principal="group:finance" /> }} />
 */
export const Sentence = ({ text, parts }: { readonly text: string; readonly parts: { readonly [name: string]: ReactNode } }) =>
  // A split by one group gives texts at even places and names at odd ones.
  text.split(PLACE).map((piece, at) => <Fragment key={at}>{at % 2 === 0 ? piece : parts[piece]}</Fragment>)
