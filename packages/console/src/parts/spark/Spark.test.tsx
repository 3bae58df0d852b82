// @vitest-environment happy-dom
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Spark } from './Spark.tsx'

test('the highest is as high as the row, a little is seen, none is a line and unknown is nothing', () => {
  render(<Spark values={[null, 0, 1, 500, 250]} label="Starts of 5 days: 751" />)
  const bars = screen.getByRole('img', { name: 'Starts of 5 days: 751' }).querySelectorAll('rect')
  expect([...bars].map((bar) => Number(bar.getAttribute('height')))).toEqual([0, 1, 2, 18, 9])
})

test('where there is nothing at all the ground is flat', () => {
  render(<Spark values={[0, 0]} label="None" />)
  expect([...screen.getByRole('img', { name: 'None' }).querySelectorAll('rect')].map((bar) => bar.getAttribute('height'))).toEqual([
    '1',
    '1',
  ])
})
