import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BOOKS_YEARS, PERSONS_YEARS, retentionClasses } from './retention-classes.js'

describe('the retention classes', () => {
  it('each have a name of their own, and a period unless they are kept', () => {
    expect(new Set(retentionClasses.map(({ key }) => key)).size).toBe(retentionClasses.length)
    for (const { period, from, after } of retentionClasses) {
      expect(period === null).toBe(from === 'never')
      if (period === null) expect(after).toBe('kept')
      else expect(period.amount).toBeGreaterThan(0)
    }
  })

  it('keep books for seven years and people for one', () => {
    expect([BOOKS_YEARS, PERSONS_YEARS]).toEqual([7, 1])
  })

  it('are what the database carries out', () => {
    const migration = readFileSync(
      join(import.meta.dirname, '../../../migrations/1700000015000-privacy.ts'),
      'utf8',
    )
    const period = (key: string) => retentionClasses.find((one) => one.key === key)!.period!
    expect(migration).toContain(
      `n.written_at < least(at, now()) - interval '${period('notices').amount} years'`,
    )
    expect(migration).toContain(`expires_at < now() - interval '${period('signIns').amount} days'`)
  })
})
