import { describe, expect, it } from 'vitest'
import { FreshReads } from './fresh-reads.js'

/** Reads that end when we say so. */
function heldReads() {
  const open: { key: string; answer(value: string): void; fail(): void }[] = []
  const reads = new FreshReads<string>(
    (key) =>
      new Promise((resolve, reject) =>
        open.push({ key, answer: resolve, fail: () => reject(new Error('away')) }),
      ),
  )
  return { reads, open }
}

describe('reads that many ask for', () => {
  it('who asks during a read gets the next one, together', async () => {
    const { reads, open } = heldReads()
    const first = reads.get('room')
    const second = reads.get('room')
    const third = reads.get('room')
    expect(open).toHaveLength(1)
    open[0]!.answer('before')
    expect(await first).toBe('before')
    await new Promise(setImmediate)
    expect(open).toHaveLength(2)
    open[1]!.answer('after')
    expect(await Promise.all([second, third])).toEqual(['after', 'after'])
    void reads.get('room').catch(() => undefined)
    expect(open).toHaveLength(3)
  })

  it('keys do not wait for each other, and a failure only fails who asked for it', async () => {
    const { reads, open } = heldReads()
    const first = reads.get('a')
    const second = reads.get('a')
    const other = reads.get('b')
    expect(open.map(({ key }) => key)).toEqual(['a', 'b'])
    open[0]!.fail()
    await expect(first).rejects.toThrow('away')
    await new Promise(setImmediate)
    open[2]!.answer('fine')
    open[1]!.answer('other')
    expect(await second).toBe('fine')
    expect(await other).toBe('other')
  })
})
