import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import { type VerdictInput, verdict } from './verdict.js'
import { verdictReason } from './verdict-reason.js'

const half = { fraction: Fraction.parse('1/2'), strict: true }
const motion: VerdictInput = {
  tally: { for: 34, against: 12, blank: 0, invalid: 0 },
  majority: { ...half, base: 'cast' },
  blank: 'excluded',
  present: 46,
  electorate: 47,
  quorum: null,
}

describe('verdictReason', () => {
  it.each<[string, Partial<VerdictInput>, string]>([
    [
      'a plain majority',
      {},
      '34 van de 46 uitgebrachte stemmen waren voor. Nodig was meer dan de helft, dus ten minste 24 voor. Er geldt geen quorum. Het voorstel is aangenomen.',
    ],
    [
      'blank votes and a quorum',
      {
        tally: { for: 6, against: 3, blank: 1, invalid: 0 },
        majority: { fraction: Fraction.parse('20/30'), strict: false, base: 'cast' },
        present: 12,
        electorate: 20,
        quorum: { ...half, strict: false },
      },
      '6 van de 9 uitgebrachte stemmen (blanco telt niet mee) waren voor. Nodig was twee derde, dus ten minste 6 voor. Het quorum is gehaald: er waren 12 van de 20 stemmen aanwezig of vertegenwoordigd; nodig was de helft, dus ten minste 10. Het voorstel is aangenomen.',
    ],
    [
      'enough votes without quorum',
      { electorate: 2_000, quorum: half },
      '34 van de 46 uitgebrachte stemmen waren voor. Nodig was meer dan de helft, dus ten minste 24 voor. Het quorum is niet gehaald: er waren 46 van de 2.000 stemmen aanwezig of vertegenwoordigd; nodig was meer dan de helft, dus ten minste 1.001. Daarom is het voorstel niet aangenomen.',
    ],
    [
      'one vote of those present',
      {
        tally: { for: 1, against: 0, blank: 3, invalid: 0 },
        majority: { ...half, base: 'present' },
        present: 5,
      },
      '1 van de 5 aanwezige stemmen was voor. Nodig was meer dan de helft, dus ten minste 3 voor. Er geldt geen quorum. Het voorstel is niet aangenomen.',
    ],
    [
      'unanimity of the electorate',
      { majority: { fraction: Fraction.parse('1/1'), strict: false, base: 'electorate' } },
      '34 van de 47 stemmen van alle stemgerechtigden waren voor. Nodig waren alle stemmen, dus ten minste 47 voor. Er geldt geen quorum. Het voorstel is niet aangenomen.',
    ],
    [
      'more than everybody',
      { majority: { fraction: Fraction.parse('1/1'), strict: true, base: 'cast' } },
      '34 van de 46 uitgebrachte stemmen waren voor. Nodig was meer dan alle stemmen, dus ten minste 47 voor, en dat kan niet. Er geldt geen quorum. Het voorstel is niet aangenomen.',
    ],
    [
      'an unusual fraction, blank included',
      {
        tally: { for: 0, against: 3, blank: 6, invalid: 0 },
        majority: { fraction: Fraction.parse('10/18'), strict: false, base: 'cast' },
        blank: 'included',
      },
      'Geen van de 9 uitgebrachte stemmen (blanco telt mee) was voor. Nodig was 5/9 deel, dus ten minste 5 voor. Er geldt geen quorum. Het voorstel is niet aangenomen.',
    ],
    [
      'a tie',
      {
        tally: { for: 23, against: 23, blank: 0, invalid: 0 },
        majority: { fraction: Fraction.parse('1/2'), strict: false, base: 'cast' },
        tie: 'rejected',
      },
      '23 van de 46 uitgebrachte stemmen waren voor. Nodig was de helft, dus ten minste 23 voor. Er geldt geen quorum. De stemmen staakten: er waren er even veel voor als tegen. Dan is het voorstel niet aangenomen.',
    ],
    [
      'no votes at all',
      { tally: { for: 0, against: 0, blank: 2, invalid: 1 } },
      'Er zijn geen stemmen uitgebracht. Zonder stem voor wordt niets aangenomen. Er geldt geen quorum. Het voorstel is niet aangenomen.',
    ],
  ])('explains %s', (_, change, sentence) => {
    const input = { ...motion, ...change }
    expect(verdictReason(input, verdict(input))).toBe(sentence)
  })
})
