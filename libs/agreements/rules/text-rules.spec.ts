import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import type { AgreementText } from './agreement-text.js'
import {
  asSigned,
  type BudgetedAgreement,
  budgetViolations,
  overlapViolations,
  wijkbudgetIn,
  yearsOf,
} from './budget.js'
import { checkTermination, endAfterNotice, monthsLater, nextPeriod } from './ending.js'
import { modelClauses, wholeText } from './model-text.js'
import { usualTerms } from './terms.js'
import { type TextContext, textViolations } from './text-rules.js'
import { groupedHash, readTypedHash, readVerificationCode } from './typed-hash.js'

const text = (changes: Partial<AgreementText> = {}, terms: Partial<AgreementText['terms']> = {}) => ({
  ...{ startsOn: '2020-01-01', endsOn: '2020-12-31', holdsFrom: '2020-01-01', neighbourhoodIds: ['b1'] },
  ...changes,
  terms: {
    ...usualTerms,
    wijkbudgetCents: 100_00n,
    lines: [{ id: 'staf', label: 'Personeel', budgetCents: 100_00n }],
    indicators: [
      {
        ...{ id: 'uniek', label: 'Mensen', kind: 'unique' as const, unit: '', target: '300' },
        ...{ better: 'higher' as const, due: 'quarter' as const },
      },
    ],
    clauses: modelClauses.map((clause) => ({ ...clause, text: wholeText(clause.id, clause.text) })),
    ...terms,
  },
})
const context = (changes: Partial<TextContext> = {}): TextContext => ({
  ...{ kind: 'district', change: 'new', ownMeansRate: Fraction.of(5, 100), current: null },
  ...changes,
})
const current = { startsOn: '2019-01-01', endsOn: '2019-12-31', latestHoldsFrom: '2019-06-01' }

describe('what keeps a text from being signed', () => {
  it.each<[string, AgreementText, TextContext, string[]]>([
    ['nothing', text(), context(), []],
    ['an end before the start', text({ endsOn: '2019-12-31' }), context(), ['agreement.endsBeforeStart']],
    ['seven years', text({ endsOn: '2026-12-31' }), context(), ['agreement.periodTooLong']],
    ['six years', text({ endsOn: '2025-12-31' }), context(), []],
    ['no buurten', text({ neighbourhoodIds: [] }), context(), ['agreement.noNeighbourhoods']],
    ['no services', text({}, { services: [] }), context(), ['agreement.noServices']],
    ['no indicators', text({}, { indicators: [] }), context(), ['agreement.noIndicators']],
    [
      'the mandatory clause taken out',
      text({}, { clauses: modelClauses.filter(({ id }) => id !== 'projectadministratie') }),
      context(),
      ['agreement.mandatoryClause'],
    ],
    [
      'the mandatory clause without its core',
      text(
        {},
        { clauses: [{ id: 'projectadministratie', heading: 'Administratie', text: 'Naar eigen inzicht.' }] },
      ),
      context(),
      ['agreement.mandatoryClause'],
    ],
    [
      'own means just short',
      text({}, { ownMeansShare: Fraction.of(4999, 100_000) }),
      context(),
      ['agreement.ownMeansTooLow'],
    ],
    ['own means as a twentieth', text({}, { ownMeansShare: Fraction.of(1, 20) }), context(), []],
    [
      'lines that do not add up',
      text({}, { wijkbudgetCents: 99_99n }),
      context(),
      ['agreement.linesDoNotAddUp'],
    ],
    [
      'an execution contract has no buurten, services and own means',
      text({ neighbourhoodIds: [] }, { services: [], indicators: [], ownMeansShare: Fraction.of(0, 1) }),
      context({ kind: 'execution' }),
      [],
    ],
    [
      'a change before the last one',
      text({ startsOn: '2019-01-01', holdsFrom: '2019-05-31' }),
      context({ change: 'amendment', current }),
      ['agreement.holdsFromTooEarly'],
    ],
    [
      'a renewal that connects',
      text({ startsOn: '2019-01-01' }),
      context({ change: 'renewal', current }),
      [],
    ],
    [
      'a renewal after a gap',
      text({ startsOn: '2019-01-01', holdsFrom: '2020-01-02' }),
      context({ change: 'renewal', current }),
      ['agreement.gap'],
    ],
    [
      'a renewal that is no longer',
      text({ startsOn: '2019-01-01', holdsFrom: '2019-06-01', endsOn: '2019-12-31' }),
      context({ change: 'renewal', current }),
      ['agreement.renewalNotLater'],
    ],
    [
      'an ending that is no earlier',
      text({ startsOn: '2019-01-01', holdsFrom: '2019-06-01', endsOn: '2019-12-31' }),
      context({ change: 'ending', current }),
      ['agreement.endingNotEarlier'],
    ],
  ])('%s', (_, given, within, codes) => {
    expect(textViolations(given, within).map(({ code }) => code)).toEqual(codes)
  })
})

const agreement = (
  id: string,
  cents: bigint,
  changes: Partial<BudgetedAgreement> = {},
): BudgetedAgreement => ({
  ...{ id, kind: 'district', startsOn: '2020-01-01', endsOn: '2021-06-30' },
  versions: [
    {
      id,
      number: 1,
      holdsFrom: '2020-01-01',
      signedOn: '2020-01-01',
      terms: text({}, { wijkbudgetCents: cents }).terms,
    },
  ],
  ...changes,
})

describe('the budget of a year', () => {
  it.each([
    [2019, 0n],
    [2020, 50n],
    [2021, 50n],
    [2022, 0n],
  ])('an agreement takes of %i %i', (year, cents) => {
    expect(wijkbudgetIn(agreement('a', 50n), year)).toBe(cents)
    expect(wijkbudgetIn(agreement('a', 50n, { kind: 'execution' }), year)).toBe(0n)
  })

  it('goes by the version that holds at the end of the year', () => {
    const later = asSigned(
      agreement('a', 50n),
      'district',
      text({ holdsFrom: '2020-07-01', endsOn: '2021-06-30' }, { wijkbudgetCents: 70n }),
    )
    expect([2020, 2021].map((year) => wijkbudgetIn(later, year))).toEqual([70n, 70n])
    const next = asSigned(
      agreement('a', 50n),
      'district',
      text({ holdsFrom: '2021-01-01', endsOn: '2021-12-31' }, { wijkbudgetCents: 70n }),
    )
    expect([2020, 2021].map((year) => wijkbudgetIn(next, year))).toEqual([50n, 70n])
  })

  it('is exceeded by a cent, and by nothing while no limit is known', () => {
    const signed = asSigned(null, 'district', text({}, { wijkbudgetCents: 40n }))
    const years = (limitCents: bigint | null) => [{ year: 2020, limitCents, othersCents: 60n }]
    expect(budgetViolations(years(100n), signed)).toEqual([])
    expect(budgetViolations(years(99n), signed).map(({ code }) => code)).toEqual(['agreement.budgetExceeded'])
    expect(budgetViolations(years(null), signed)).toEqual([])
  })

  it('what is let through never exceeds it, in whatever order texts come', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 60n }), { maxLength: 12 }), (wanted) => {
        const limitCents = 100n
        let othersCents = 0n
        for (const cents of wanted) {
          const signed = asSigned(null, 'district', text({}, { wijkbudgetCents: cents }))
          const refused = budgetViolations([{ year: 2020, limitCents, othersCents }], signed).length > 0
          expect(refused).toBe(othersCents + cents > limitCents)
          if (!refused) othersCents += cents
        }
        expect(othersCents <= limitCents).toBe(true)
      }),
    )
  })

  it('concerns each calendar year that the text holds in', () => {
    expect(yearsOf({ holdsFrom: '2020-12-31', endsOn: '2022-01-01' })).toEqual([2020, 2021, 2022])
  })
})

describe('buurten', () => {
  const taken = { id: 'b1', name: 'Zuilen', areaName: 'West', startsOn: '2019-01-01' }
  it.each([
    ['2019-12-31', []],
    ['2020-01-01', ['agreement.neighbourhoodTaken']],
  ])('held by another until %s', (endsOn, codes) => {
    expect(overlapViolations(text(), [{ ...taken, endsOn }]).map(({ code }) => code)).toEqual(codes)
    expect(overlapViolations(text(), [{ ...taken, id: 'b2', endsOn }])).toEqual([])
  })
})

describe('an end', () => {
  it.each([
    ['2020-01-31', 1, '2020-02-29'],
    ['2019-11-30', 3, '2020-02-29'],
    ['2020-02-15', 3, '2020-05-15'],
    ['2020-10-15', 24, '2022-10-15'],
  ])('%s and %i months is %s', (day, months, later) => {
    expect(monthsLater(day, months)).toBe(later)
    expect(endAfterNotice(day, months)).toBe(later)
  })

  const period = { startsOn: '2020-01-01', endsOn: '2020-12-31', terminated: false }
  it.each<[string, typeof period, string, string[]]>([
    ['while it runs', period, '2020-02-15', []],
    ['before it begins', period, '2019-12-31', ['agreement.notRunning']],
    ['after it ended', period, '2021-01-01', ['agreement.notRunning']],
    ['when it ends before the notice does', period, '2020-10-01', ['agreement.endsSoonAnyway']],
    ['twice', { ...period, terminated: true }, '2020-02-15', ['agreement.alreadyTerminated']],
  ])('notice %s', (_, given, today, codes) => {
    expect(checkTermination(given, today, 3).map(({ code }) => code)).toEqual(codes)
  })

  it.each([
    ['2019-01-01', '2019-12-31', '2020-01-01', '2020-12-31'],
    ['2019-03-01', '2019-12-31', '2020-01-01', '2020-12-31'],
    ['2018-01-01', '2019-12-31', '2020-01-01', '2021-12-31'],
  ])('%s to %s is followed by %s to %s', (startsOn, endsOn, holdsFrom, until) => {
    expect(nextPeriod(startsOn, endsOn)).toEqual({ holdsFrom, endsOn: until })
  })
})

describe('a control number', () => {
  it('is read whatever its spaces and capitals', () => {
    const hash = 'ab12'.repeat(16)
    expect(readTypedHash(` ${groupedHash(hash).toUpperCase()} `)).toBe(hash)
    expect(readTypedHash('ab12')).toBeNull()
    expect(readVerificationCode('AB12 ab12 ab12 ab12')).toBe('ab12'.repeat(4))
    expect(readVerificationCode('%')).toBeNull()
  })
})
