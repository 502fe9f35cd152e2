import { describe, expect, it } from 'vitest'
import { differingTexts, fieldsOf, textsOf, textViolations } from './report-texts.js'

const words = (count: number) => Array.from({ length: count }, () => 'woord').join(' ')

describe('the texts of a city report', () => {
  it('are the sections, and for a quarter a remark by wijk', () => {
    expect(fieldsOf('quarter', ['oost']).at(-1)).toBe('wijk.oost')
    expect(fieldsOf('year', ['oost'])).not.toContain('wijk.oost')
  })

  it('keep what belongs to the form, without what stands around it', () => {
    const texts = textsOf(['tekst.mainLines', 'wijk.oost'], {
      ...{ 'tekst.mainLines': ' Een.\r\nTwee.\r', 'wijk.west': 'niet van hier', _csrf: 'x' },
    })
    expect(texts).toEqual({ 'tekst.mainLines': 'Een.\nTwee.', 'wijk.oost': '' })
    expect(textsOf(['a'], { a: ['lijst'] })).toEqual({ a: '' })
    expect(textsOf(['a'], { a: 'half \ud800' })).toEqual({ a: 'half \ufffd' })
  })

  it('must say the main lines and what is asked, within the limits', () => {
    expect(textViolations('quarter', { 'tekst.mainLines': 'Goed.', 'wijk.oost': words(201) })).toEqual([
      { code: 'cityReport.textMissing', path: 'tekst.decisions' },
      { code: 'cityReport.textTooLong', path: 'wijk.oost', params: { most: '200' } },
    ])
    expect(
      textViolations('quarter', {
        ...{ 'tekst.mainLines': words(600), 'tekst.decisions': 'Geen.', 'wijk.oost': words(200) },
      }),
    ).toEqual([])
    expect(textViolations('year', {}).map(({ path }) => path)).toHaveLength(6)
  })

  it('differ where they say something else', () => {
    expect(differingTexts({ a: '1', b: '2' }, { a: '1', b: '3', c: '' })).toEqual(['b'])
  })
})
