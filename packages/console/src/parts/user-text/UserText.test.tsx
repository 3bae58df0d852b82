// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { cutText, UserText } from './UserText.tsx'

afterEach(cleanup)

describe('a text by people', () => {
  test('is text, whatever it looks like, and isolated from what stands around it', () => {
    const { container } = render(<UserText>{'<b>bold</b> שלום'}</UserText>)
    expect(container.querySelector('bdi')?.textContent).toBe('<b>bold</b> שלום')
    expect(container.querySelector('b')).toBeNull()
  })

  test('is cut between letters, never within one, and stands whole in its tooltip', () => {
    expect(cutText('short', 5)).toBe('short')
    expect(cutText('longer', 5)).toBe('longe…')
    expect(cutText('👩🏽‍🚀👨‍👩‍👧‍👦🇨🇿!', 2)).toBe('👩🏽‍🚀👨‍👩‍👧‍👦…')
    const { container } = render(<UserText most={4}>one two three</UserText>)
    expect(container.textContent).toBe('one…')
    expect(container.querySelector('bdi')?.title).toBe('one two three')
  })

  test('a short one has no tooltip of its own', () => {
    const { container } = render(<UserText most={40}>one</UserText>)
    expect(container.querySelector('bdi')?.hasAttribute('title')).toBe(false)
  })
})
