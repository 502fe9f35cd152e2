import { describe, expect, it } from 'vitest'
import { lineChart } from './line-chart.js'

const points = (...cents: bigint[]) => cents.map((one, at) => ({ day: `2019-0${at + 1}-28`, cents: one }))

describe('the line of the cover', () => {
  it.each([
    ['stays as it was until the next point', points(50n, 100n, 0n), 100n, 'M0 84H300V8H600V160', 8],
    ['one point is a level line', points(50n), 100n, 'M0 84H600', 8],
    ['more than required', points(200n, 200n), 100n, 'M0 8H600V8', 84],
    ['no points', [], 100n, '', 8],
    ['nothing at all', points(0n, 0n), 0n, 'M0 160H600V160', 160],
  ])('%s', (_, of, required, path, requiredAt) => {
    const chart = lineChart(of, required)
    expect(chart).toMatchObject({ path, requiredAt })
    expect(chart.area).toBe(path && `${path}V160H0Z`)
  })
})
