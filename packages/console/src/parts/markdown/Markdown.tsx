import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../button/Button.tsx'
import classes from './Markdown.module.css'
import { type Block, type Inline, parseMarkdown } from './parse-markdown.ts'

/** A text is laid out whole up to here: what an author writes is shorter, what a program fills in may be of any length. */
const FIRST_LETTERS = 4_000

/** A description by the author of a workflow, at most 68 characters wide; of a very long one the beginning, its length and "Show all". */
export const Markdown = ({ text }: { readonly text: string }) => {
  const { t, i18n } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const isLong = text.length > FIRST_LETTERS
  const blocks = useMemo(() => parseMarkdown(isOpen ? text : text.slice(0, FIRST_LETTERS)), [text, isOpen])
  return (
    <div>
      <div className={classes.root} dir="auto" data-cut={(isLong && !isOpen) || undefined}>
        <Blocks blocks={blocks} />
      </div>
      {isLong ? (
        <Button look="quiet" size="small" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? t('text.showLess') : t('text.showAll', { length: new Intl.NumberFormat(i18n.language).format(text.length) })}
        </Button>
      ) : null}
    </div>
  )
}

const Blocks = ({ blocks }: { readonly blocks: readonly Block[] }) => blocks.map((block, at) => <OneBlock key={at} block={block} />)

const OneBlock = ({ block }: { readonly block: Block }) => {
  switch (block.kind) {
    case 'heading': {
      // The page has its own first heading.
      const Level = (['h2', 'h3', 'h4'] as const)[block.level - 1] ?? 'h4'
      return (
        <Level>
          <Inlines pieces={block.children} />
        </Level>
      )
    }
    case 'paragraph':
      return (
        <p>
          <Inlines pieces={block.children} />
        </p>
      )
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    case 'list': {
      const items = block.items.map((item, at) => (
        <li key={at}>
          {item.length === 1 && item[0]?.kind === 'paragraph' ? <Inlines pieces={item[0].children} /> : <Blocks blocks={item} />}
        </li>
      ))
      return block.isOrdered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>
    }
    case 'code':
      return (
        // Long lines are scrolled, also by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      )
    case 'rule':
      return <hr />
  }
}

const Inlines = ({ pieces }: { readonly pieces: readonly Inline[] }) => pieces.map((piece, at) => <OneInline key={at} piece={piece} />)

const OneInline = ({ piece }: { readonly piece: Inline }) => {
  switch (piece.kind) {
    case 'text':
      return piece.text
    case 'code':
      return <code>{piece.text}</code>
    case 'break':
      return <br />
    case 'strong':
      return (
        <strong>
          <Inlines pieces={piece.children} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inlines pieces={piece.children} />
        </em>
      )
    case 'link':
      return (
        <a href={piece.href} {...(/^https?:/i.test(piece.href) ? { target: '_blank', rel: 'noopener noreferrer nofollow' } : {})}>
          <Inlines pieces={piece.children} />
        </a>
      )
  }
}
