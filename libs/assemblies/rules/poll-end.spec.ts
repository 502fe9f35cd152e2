import { describe, expect, it } from 'vitest'
import { checkExtension, checkMinutes, closedBy, minutesAfter } from './poll-end.js'

const at = (time: string) => new Date(`2020-02-15T${time}+01:00`)
const codes = (violations: { code: string }[]) => violations.map(({ code }) => code)

describe('closedBy', () => {
  it.each<[string, string | null, string | null, string, string | null]>([
    ['open without an end', null, null, '20:00:00', null],
    ['before its end', null, '20:10:00', '20:09:59.999', null],
    ['on its end', null, '20:10:00', '20:10:00', '20:10:00'],
    ['after its end', null, '20:10:00', '20:30:00', '20:10:00'],
    ['closed by the chair', '20:05:00', null, '20:30:00', '20:05:00'],
    ['closed by the chair before its end', '20:05:00', '20:10:00', '20:30:00', '20:05:00'],
  ])('%s', (_, closedAt, closesAt, now, expected) => {
    const end = { closedAt: closedAt && at(closedAt), closesAt: closesAt && at(closesAt) }
    expect(closedBy(end as never, at(now))).toEqual(expected && at(expected))
  })
})

describe('checkMinutes', () => {
  it.each<[number, string[]]>([
    [1, []],
    [240, []],
    [0, ['poll.minutesWrong']],
    [-5, ['poll.minutesWrong']],
    [241, ['poll.minutesWrong']],
    [2.5, ['poll.minutesWrong']],
    [Number.NaN, ['poll.minutesWrong']],
  ])('%d', (minutes, expected) => {
    expect(codes(checkMinutes(minutes))).toEqual(expected)
  })
})

describe('checkExtension', () => {
  const open = { closedAt: null, closesAt: at('20:10:00'), voidedAt: null }
  it.each<[string, Parameters<typeof checkExtension>[0], number, string, string[]]>([
    ['while it is open', open, 5, '20:09:59', []],
    ['when it has no end yet', { ...open, closesAt: null }, 5, '20:09:59', []],
    ['on its end', open, 5, '20:10:00', ['poll.extendTooLate']],
    [
      'after the chair closed it',
      { ...open, closedAt: at('20:01:00') },
      5,
      '20:02:00',
      ['poll.extendTooLate'],
    ],
    ['once it was voided', { ...open, voidedAt: at('20:01:00') }, 5, '20:02:00', ['poll.voided']],
    ['by nothing', open, 0, '20:02:00', ['poll.minutesWrong']],
  ])('%s', (_, poll, minutes, now, expected) => {
    expect(codes(checkExtension(poll, minutes, at(now)))).toEqual(expected)
  })

  it('counts minutes', () =>
    expect(minutesAfter(at('23:58:00'), 5)).toEqual(new Date('2020-02-16T00:03:00+01:00')))
})
