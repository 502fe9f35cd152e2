import { describe, expect, it } from 'vitest'
import { KeptFiles } from './kept-files.js'

describe('files that are kept', () => {
  it('are made once, also when many ask at the same time', async () => {
    const files = new KeptFiles<string>(2)
    let made = 0
    const make = async () => `file ${++made}`
    expect(await Promise.all([files.get('a', make), files.get('a', make)])).toEqual(['file 1', 'file 1'])
    expect(await files.get('a', make)).toBe('file 1')
  })

  it('go when newer ones are asked for, the longest unused first', async () => {
    const files = new KeptFiles<string>(2)
    let made = 0
    const make = async () => `file ${++made}`
    for (const key of ['a', 'b', 'a', 'c']) await files.get(key, make)
    expect(await files.get('a', make)).toBe('file 1')
    expect(await files.get('b', make)).toBe('file 4')
  })

  it('are tried again after a failure', async () => {
    const files = new KeptFiles<string>(2)
    await expect(files.get('a', () => Promise.reject(new Error('no ink')))).rejects.toThrow('no ink')
    expect(await files.get('a', async () => 'file')).toBe('file')
  })
})
