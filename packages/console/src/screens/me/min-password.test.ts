import { MIN_PASSWORD } from '@millrace/protocol'
import { expect, test } from 'vitest'
import { MIN_PASSWORD_LENGTH } from './min-password.ts'

test('the form asks for as many characters as the server', () => {
  expect(MIN_PASSWORD_LENGTH).toBe(MIN_PASSWORD)
})
