import { setImmediate as later } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { TooBusy, Turns } from './turns.js'

describe('taking turns', () => {
  it('runs no more at once than it may, and all in the end, also after one that fails', async () => {
    const turns = new Turns(2, 10)
    let now = 0
    let most = 0
    const work = (fails: boolean) => async () => {
      most = Math.max(most, ++now)
      await later()
      now--
      if (fails) throw new Error('paper jam')
      return 'done'
    }
    const ends = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => turns.take(work(index === 3))),
    )
    expect(most).toBe(2)
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(11)
    expect(await turns.take(work(false))).toBe('done')
  })

  it('refuses who would have to wait too long', async () => {
    const turns = new Turns(1, 1)
    const ends = await Promise.allSettled([1, 2, 3].map(() => turns.take(() => later())))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect((ends[2] as PromiseRejectedResult).reason).toBeInstanceOf(TooBusy)
  })
})
