import { describe, expect, it } from 'vitest'
import { type Stamp, stampViolation, writeStamp } from './stamp.js'

const stamp: Stamp = { area: 'oost', quarter: '2019-Q4', agreementVersion: 2, template: '0123456789abcdef' }

describe('the stamp of a file', () => {
  it.each<[string, string, string | undefined]>([
    ['of this report', writeStamp(stamp), undefined],
    ['with white space around it', ` ${writeStamp(stamp)}\n`, undefined],
    ['that is not there', '', 'reportSheet.notOurs'],
    ['that was touched', `${writeStamp(stamp)}0`, 'reportSheet.notOurs'],
    ['of another wijk', writeStamp({ ...stamp, area: 'zuid-oost' }), 'reportSheet.otherArea'],
    ['of another quarter', writeStamp({ ...stamp, quarter: '2019-Q3' }), 'reportSheet.otherQuarter'],
    ['of another agreement', writeStamp({ ...stamp, template: 'f'.repeat(16) }), 'reportSheet.oldAgreement'],
    ['of a form of before', writeStamp(stamp).replace('/1 ', '/0 '), 'reportSheet.oldForm'],
  ])('%s', (_, written, code) => expect(stampViolation(written, stamp)?.code).toBe(code))

  it('of an agreement that changed in words only is still good', () => {
    expect(stampViolation(writeStamp({ ...stamp, agreementVersion: 3 }), stamp)).toBeNull()
  })
})
