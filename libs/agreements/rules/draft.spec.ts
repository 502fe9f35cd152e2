import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fraction } from '#kernel'
import type { AgreementText } from './agreement-text.js'
import { changesBetween, saysTheSame } from './differences.js'
import { entriesOf, MANDATORY_CLAUSE, sectionDraft, sectionOf } from './draft.js'
import { hasProjectAdministration, inFull, modelDraft, PROJECT_ADMINISTRATION } from './model-text.js'
import { readDraft } from './read-draft.js'
import { usualTerms } from './terms.js'
import { readShare, readTarget, shownShare } from './typed-values.js'
import { writeDraft } from './write-draft.js'

describe('what is typed', () => {
  it.each([
    ['5', '5/100'],
    ['7,5%', '75/1000'],
    ['1/20', '1/20'],
    ['100', '100/100'],
    ['101', null],
    ['-5', null],
    ['vijf', null],
  ])('share %j is %j', (typed, share) => expect(readShare(typed)?.toString() ?? null).toBe(share))

  it.each([
    ['count', '1.200', '1200'],
    ['grade', '7,5', '7.5'],
    ['grade', '7,50', '7.5'],
    ['percentage', '75 %', '75'],
    ['nOfM', '12 van de 15', '12/15'],
    ['yesNo', 'Ja', 'yes'],
    ['count', 'veel', 'veel'],
  ] as const)('target of %s %j is %j', (kind, typed, target) => expect(readTarget(kind, typed)).toBe(target))

  it('a share is shown as it was typed, whatever its value', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 5000n }), fc.bigInt({ min: 1n, max: 5000n }), (part, rest) => {
        const share = Fraction.of(part, part + rest)
        expect(readShare(shownShare(share))?.compare(share)).toBe(0)
      }),
    )
  })
})

describe('a draft', () => {
  it('keeps the fields of its part as typed, and no others', () => {
    const sent = { wijkbudget: ' twaalf\r\n', startsOn: '2020-01-01', revisie: '3', 'constructor.x': 'y' }
    expect(sectionDraft('money', sent)).toEqual({ wijkbudget: ' twaalf\n' })
    expect(sectionOf('toString')).toBeNull()
    expect(sectionOf('lines.0.label')).toBe('money')
    const unknown = ['lines.0.x', 'lines.x.label', 'lines.0', 'service.x', 'ladder.x', 'buurt.a.b', 'x.y']
    expect(unknown.map(sectionOf)).toEqual(unknown.map(() => null))
  })

  it('gives every entry a name that it keeps, and forgets the empty ones', () => {
    const typed = {
      ...{ 'lines.0.id': 'staf', 'lines.0.label': 'Personeel', 'lines.0.budget': '1' },
      ...{ 'lines.4.label': 'Élan & co', 'lines.5.label': 'Elan co', 'lines.7.id': '', 'lines.9.id': 'weg' },
    }
    const draft = sectionDraft('money', typed)
    expect(entriesOf(draft, 'lines').map(({ index, fields }) => [index, fields.id, fields.label])).toEqual([
      [0, 'staf', 'Personeel'],
      [1, 'elan-co', 'Élan & co'],
      [2, 'elan-co-2', 'Elan co'],
    ])
    expect(sectionDraft('money', draft)).toEqual(draft)
  })

  it('keeps the mandatory clause with its core, also without an addition', () => {
    const draft = sectionDraft('clauses', modelDraft())
    const clause = entriesOf(inFull(draft), 'clauses').find(({ fields }) => fields.id === MANDATORY_CLAUSE)
    expect(clause?.fields.text).toBe(PROJECT_ADMINISTRATION)
    expect(hasProjectAdministration(readDraft(draft).text.terms.clauses)).toBe(true)
  })

  it('names every field that cannot be read, at once', () => {
    const { violations } = readDraft({
      ...{ startsOn: 'morgen', endsOn: '2020-12-31', wijkbudget: 'veel', ownMeans: 'vijf' },
      ...{ 'lines.0.label': 'Zaal', 'clauses.0.heading': 'Doel', noticeMonths: '99', employer: 'ik' },
    })
    expect(violations.map(({ code, path }) => `${path} ${code}`)).toEqual(
      expect.arrayContaining([
        'startsOn agreement.dayMalformed',
        'wijkbudget agreement.amountMalformed',
        'lines.0.budget agreement.amountMalformed',
        'ownMeans agreement.shareMalformed',
        'clauses.0.text agreement.clauseNeeded',
        'noticeMonths agreement.monthsMalformed',
        'employer agreement.choiceNeeded',
      ]),
    )
  })
})

const id = fc.stringMatching(/^[a-z]{1,8}$/)
const words = fc.stringMatching(/^[A-Za-z]{1,12}( [A-Za-z]{1,12}){0,3}$/)
const text: fc.Arbitrary<AgreementText> = fc.record({
  startsOn: fc.constant('2020-01-01'),
  endsOn: fc.constant('2021-12-31'),
  holdsFrom: fc.constantFrom('2020-01-01', '2020-07-01'),
  neighbourhoodIds: fc.uniqueArray(id, { maxLength: 3 }).map((ids) => ids.sort()),
  terms: fc.record({
    wijkbudgetCents: fc.bigInt({ min: 0n, max: 10n ** 12n }),
    lines: fc.uniqueArray(
      fc.record({ id, label: words, budgetCents: fc.bigInt({ min: 0n, max: 10n ** 12n }) }),
      { selector: (one) => one.id, maxLength: 5 },
    ),
    indicators: fc.uniqueArray(
      fc.record({
        ...{ id, label: words, unit: fc.constantFrom('', 'mensen'), kind: fc.constant('count' as const) },
        target: fc.nat({ max: 99_999 }).map(String),
        better: fc.constantFrom('higher' as const, 'lower' as const),
        due: fc.constantFrom('quarter' as const, 'year' as const),
      }),
      { selector: (one) => one.id, maxLength: 4 },
    ),
    explainOver: fc.constant(Fraction.of(10, 100)),
    ownMeansShare: fc.constant(Fraction.of(75, 1000)),
    socialReturnShare: fc.constant(Fraction.of(5, 100)),
    services: fc.subarray(usualTerms.services),
    employer: fc.constantFrom('counterparty' as const, 'contractor' as const),
    reportDueDays: fc.option(fc.integer({ min: 1, max: 365 })),
    noticeMonths: fc.integer({ min: 1, max: 24 }),
    ladder: fc.constant(usualTerms.ladder),
    clauses: fc.uniqueArray(fc.record({ id, heading: words, text: words }), {
      selector: (one) => one.id,
      maxLength: 4,
    }),
  }),
})

describe('an agreed text', () => {
  it('written as a draft reads back as the same text', () => {
    fc.assert(
      fc.property(text, (agreed) => {
        const { text: read, violations } = readDraft(writeDraft(agreed))
        expect(violations).toEqual([])
        expect(JSON.stringify(read, asText)).toBe(JSON.stringify(agreed, asText))
      }),
    )
  })

  it('differs from itself in nothing, and from another in what changed', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [before, after] = [writeDraft(one), writeDraft(other)]
        const changes = changesBetween(before, after)
        const none = Object.values(changes).every(({ length }) => length === 0)
        expect(changesBetween(before, before)).toEqual({ fields: [], lines: [], indicators: [], clauses: [] })
        // The order of entries is no change that is shown, but makes another text.
        if (saysTheSame(before, after)) expect(none).toBe(true)
        if (!none) expect(saysTheSame(before, after)).toBe(false)
      }),
    )
  })
})

/** The order of fields does not matter; a fraction goes by its value. */
function asText(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Fraction) return value.reduced().toString()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
