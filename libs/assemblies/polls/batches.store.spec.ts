import { describe, expect, it } from 'vitest'
import { Batches } from './batches.js'

const pause = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('Batches', () => {
  it('gives everyone the result of his own work, whatever went together', async () => {
    const sizes: number[] = []
    const batches = new Batches<number, number>(async (_, items) => {
      sizes.push(items.length)
      await pause()
      return items.map((item) => item * 2)
    })
    const results = await Promise.all(Array.from({ length: 100 }, (_, i) => batches.add('a', i)))
    expect(results).toEqual(Array.from({ length: 100 }, (_, i) => i * 2))
    expect(sizes).toEqual([1, 1, 98])
  })

  it('keeps keys apart and batches at their largest size', async () => {
    const seen: string[] = []
    const batches = new Batches<number, string>(
      async (key, items) => {
        seen.push(`${key}${items.length}`)
        await pause()
        return items.map(() => key)
      },
      1,
      10,
    )
    const both = await Promise.all(Array.from({ length: 24 }, (_, i) => batches.add(i % 2 ? 'a' : 'b', i)))
    expect(both).toEqual(Array.from({ length: 24 }, (_, i) => (i % 2 ? 'a' : 'b')))
    expect(seen.sort()).toEqual(['a1', 'a1', 'a10', 'b1', 'b1', 'b10'])
  })

  it('fails those whose work failed, and no others', async () => {
    const batches = new Batches<number, number>(async (_, items) => {
      await pause()
      if (items.includes(2)) throw new Error('no')
      return items
    }, 1)
    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => batches.add('a', item)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    await expect(batches.add('a', 4)).resolves.toBe(4)
  })
})
