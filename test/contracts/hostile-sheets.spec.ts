import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RuleViolated } from '#kernel'
import { Messages } from '#platform'
import { readSheets } from '#sheets'
import { bomb, hostileSheets } from '../support/hostile-sheets.js'
import { workbookParts } from '../support/workbook.js'
import { zip } from '../support/zip.js'

const MEGABYTE = 1024 * 1024

/** What reading a file comes to: 'read', or why it was refused; anything else fails the test. */
async function outcome(content: Buffer, limits = {}): Promise<string> {
  try {
    await readSheets({ name: '../../evil.xlsx', content }, limits)
    return 'read'
  } catch (error) {
    if (!(error instanceof RuleViolated)) throw error
    return error.violations.map(({ code }) => code.replace('sheet.', '')).join()
  }
}

describe('a hostile upload', () => {
  const files = hostileSheets()
  const messages = new Messages()
  let before = 0
  beforeAll(async () => {
    await outcome(files[0]!.content)
    before = process.memoryUsage().rss
  })
  afterAll(() => expect(process.memoryUsage().rss - before).toBeLessThan(250 * MEGABYTE))

  it.each(files)('$what: $reason', async ({ content, reason }) => expect(await outcome(content)).toBe(reason))

  it('of a workbook in which something was changed is read or refused, never worse', async () => {
    const rows = `<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1"><f>A1</f><v>1.5</v></c></row>`
    const parts = workbookParts({ data: rows, strings: '<si><r><t>a</t></r></si>', after: '<mergeCells/>' })
    const change = fc.tuple(
      fc.nat(parts.length - 1),
      fc.nat(),
      fc.constantFrom('<', '>', '"', '/', '&', 'é', '9', ''),
    )
    const changes = fc.array(change, { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(changes, async (made) => {
        const changed = parts.map(({ name, data }) => ({ name, data: String(data) }))
        for (const [index, place, character] of made) {
          const { data } = changed[index]!
          const at = place % data.length
          changed[index]!.data = data.slice(0, at) + character + data.slice(at + 1)
        }
        expect(await outcome(zip(changed))).toMatch(/^[a-zA-Z]+$/)
      }),
      { numRuns: 60 },
    )
  })

  it('has a text for every reason, in both languages', () => {
    const reasons = new Set(files.map(({ reason }) => reason).filter((reason) => reason !== 'read'))
    for (const language of ['nl', 'en'] as const) {
      const known = messages.keys(language)
      for (const reason of reasons) expect(known).toContain(`sheets.violations.sheet.${reason}`)
    }
  })

  it('of 320 kB that unpacks to 320 MB is refused at once, without unpacking', async () => {
    const content = bomb()
    expect(content.length).toBeLessThan(350 * 1024)
    const memory = process.memoryUsage().rss
    const start = performance.now()
    expect(await outcome(content)).toBe('tooLarge')
    expect(performance.now() - start).toBeLessThan(100)
    expect(process.memoryUsage().rss - memory).toBeLessThan(100 * MEGABYTE)
  })

  it('that takes too long is stopped, and the next is read', async () => {
    const slow = Buffer.from('a;b\n'.repeat(19_000))
    expect(await outcome(slow, { time: 1 })).toBe('tooSlow')
    expect(await outcome(slow)).toBe('read')
  })

  it('leaves room for others: ten at once are all answered', async () => {
    const [honest, hostile] = [Buffer.from('a;b\n1;2'), Buffer.from('a;b\n1 "x";2')]
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, i) => outcome(i % 2 ? hostile : honest)),
    )
    expect(outcomes).toEqual(Array.from({ length: 10 }, (_, i) => (i % 2 ? 'badQuote' : 'read')))
  })
})
