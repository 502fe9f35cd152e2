import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DetailField, detailFields, type Field, fields, headers } from './columns.js'
import { type Grid, readHeader } from './header.js'
import { indexOf, type KnownMember } from './match.js'
import { type ImportPlan, matchRows, type OnDay, onDayKey, planRows } from './plan.js'
import type { ReadingTerms } from './read-cell.js'
import { readRows } from './read-rows.js'

const DAY = '2020-02-15'
const asIs = (typed: string) => typed
const terms: ReadingTerms = {
  readChamberNumber: (typed) => (/^\d{8}$/.test(typed) ? typed : null),
  readRsin: (typed) => (/^\d{9}$/.test(typed) ? typed : null),
  readPostalCode: asIs,
  readIban: asIs,
  neighbourhoods: [
    { number: 1, name: 'Oog en Al' },
    { number: 2, name: 'Lombok/Leidseweg, Nieuw Engeland' },
  ],
  today: DAY,
}
type Held = Partial<Omit<OnDay, 'details'>> & Partial<Record<DetailField, string | null>> & { number: number }
const nothing = Object.fromEntries(detailFields.map((field) => [field, null])) as OnDay['details']

/** Plans a file against a register in which each member says the same on every day since its admission. */
function plan(rows: Partial<Record<Field, string>>[], register: Held[] = []): ImportPlan {
  const used = fields.filter((field) => rows.some((row) => field in row))
  const grid: Grid = [
    used.map((field) => headers[field]),
    ...rows.map((row) => used.map((f) => row[f] ?? '')),
  ].map((row) => row.map((text) => ({ kind: text === '' ? 'empty' : 'text', text })))
  const held = register.map(({ number, kind, since, isFormer, laterFrom, ...details }) => ({
    id: `m${number}`,
    number,
    since: since ?? '2019-01-01',
    onDay: {
      kind: kind ?? 'voting',
      since: since ?? '2019-01-01',
      isFormer: isFormer ?? false,
      laterFrom: laterFrom ?? null,
      details: { ...nothing, name: `Lid ${number}`, ...details },
    } satisfies OnDay,
  }))
  const known = held.map(({ id, number, since, onDay: { isFormer, details } }): KnownMember => {
    const { name, legalForm, chamberNumber, rsin, postalCode } = details
    return { id, number, since, isFormer, name: name!, legalForm, chamberNumber, rsin, postalCode }
  })
  const header = readHeader(grid)
  const index = indexOf(known)
  const matched = matchRows(readRows(grid, header, terms), index, DAY)
  const onDays = new Map(
    matched.flatMap(({ match, on }) => {
      const found = match.is === 'known' && held.find(({ id }) => id === match.member.id)
      return found && on! >= found.since ? [[onDayKey(found.id, on!), found.onDay] as const] : []
    }),
  )
  return planRows(matched, header, index, onDays)
}
const states = ({ rows }: ImportPlan) => rows.map(({ state }) => state)
const codes = ({ findings }: ImportPlan) => findings.map(({ row, field, code }) => `${row} ${field} ${code}`)
const fresh = { name: 'De Zon', kind: 'stemlid', since: '1-1-2020', chamberNumber: '11111111' }

describe('a row about a known member', () => {
  it('changes what it says, leaves what it does not say, and takes away what has a dash', () => {
    const { rows } = plan(
      [{ number: '7', name: 'Lid 7', city: 'Utrecht', iban: '-', street: '' }],
      [{ number: 7, iban: 'NL1', street: 'Straat 1' }],
    )
    expect(rows).toEqual([
      {
        ...{ row: 2, state: 'changed', memberId: 'm7', number: 7, name: 'Lid 7', on: DAY, kind: null },
        changes: [
          { field: 'city', from: null, to: 'Utrecht' },
          { field: 'iban', from: 'NL1', to: null },
        ],
      },
    ])
  })

  it('holds from its own day when it has one', () => {
    const [row] = plan([{ number: '7', city: 'Utrecht', from: '1-3-2020' }], [{ number: 7 }]).rows
    expect(row!.on).toBe('2020-03-01')
  })

  it.each<[string, Partial<Record<Field, string>>, Held, string[]]>([
    ['unknown number', { number: '9', city: 'X' }, { number: 7 }, ['2 number unknownNumber']],
    ['other kind', { number: '7', kind: 'steunlid' }, { number: 7 }, ['2 kind kindDiffers']],
    ['other day of admission', { number: '7', since: '2-1-2019' }, { number: 7 }, ['2 since sinceDiffers']],
    [
      'former member',
      { number: '7', city: 'X' },
      { number: 7, isFormer: true, kind: null },
      ['2 city formerMember'],
    ],
    [
      'later details',
      { number: '7', city: 'X' },
      { number: 7, laterFrom: '2020-03-01' },
      ['2 number laterDetails'],
    ],
    [
      'before admission',
      { number: '7', city: 'X', from: '1-1-2018' },
      { number: 7 },
      ['2 from notYetMember'],
    ],
    [
      'sole trader with RSIN',
      { number: '7', rsin: '123456789' },
      { number: 7, legalForm: 'eenmanszaak' },
      ['2 rsin soleTraderRsin'],
    ],
  ])('%s is refused', (_, row, held, expected) => {
    const made = plan([row], [held])
    expect(codes(made)).toEqual(expected)
    expect(states(made)).toEqual(['wrong'])
  })

  it('is no mistake when it repeats what the register holds, also of a former member', () => {
    const register = [{ number: 7, contactPhone: 'bel 12', name: 'De  Zon', isFormer: true, kind: null }]
    expect(
      plan([{ number: '7', name: 'De Zon', kind: 'stemlid', contactPhone: 'bel 12' }], register),
    ).toMatchObject({
      rows: [{ state: 'same', changes: [] }],
      findings: [],
    })
  })

  it('of who becomes a member later, is compared on that day', () => {
    const later = { number: 7, since: '2020-03-01', name: 'De Zon', chamberNumber: '11111111' }
    expect(states(plan([{ ...fresh, since: '1-3-2020' }], [later]))).toEqual(['same'])
  })
})

describe('a row without a number', () => {
  it.each<[string, Held, Partial<Record<Field, string>>]>([
    ['KvK number', { number: 7, chamberNumber: '11111111' }, { chamberNumber: '11111111', name: 'Anders' }],
    ['RSIN', { number: 7, rsin: '123456789' }, { rsin: '123456789', name: 'Anders' }],
    [
      'name and postal code',
      { number: 7, name: 'Dé Zon', postalCode: '3512 AB' },
      { name: 'de zon', postalCode: '3512 AB' },
    ],
  ])('is recognised by %s', (_, held, said) => {
    const [row] = plan([{ kind: 'stemlid', since: '1-1-2019', ...said }], [held]).rows
    expect(row).toMatchObject({ memberId: 'm7', number: 7 })
  })

  it('is a new member otherwise', () => {
    const { rows, findings } = plan([fresh], [{ number: 7, chamberNumber: '22222222', name: 'De Zon' }])
    expect(findings).toEqual([])
    expect(rows[0]).toMatchObject({ state: 'new', memberId: null, on: '2020-01-01', kind: 'voting' })
  })

  it.each<[string, Partial<Record<Field, string>>, string[]]>([
    ['no name', { ...fresh, name: '' }, ['2 name newNeedsName']],
    ['no kind', { ...fresh, kind: '' }, ['2 kind newNeedsKind']],
    ['no day', { ...fresh, since: '' }, ['2 since newNeedsSince']],
    ['nothing to know it by again', { ...fresh, chamberNumber: '' }, ['2 chamberNumber newNeedsIdentity']],
    ['another day for its details', { ...fresh, from: '1-2-2020' }, ['2 from newFrom']],
    ['the name of a member', { ...fresh, name: 'Lid 6' }, ['2 name possiblyKnown']],
    ['two members', { ...fresh, chamberNumber: '77777777', rsin: '888888888' }, ['2 name ambiguous']],
    ['an unreadable day is said once', { ...fresh, since: 'ooit' }, ['2 since day']],
  ])('%s is refused', (_, row, expected) => {
    const register = [
      { number: 6 },
      { number: 7, chamberNumber: '77777777' },
      { number: 8, rsin: '888888888' },
    ]
    const made = plan([row], register)
    expect(codes(made)).toEqual(expected)
  })

  it('leaves out empty rows and the example of the template', () => {
    expect(plan([{ number: 'Voorbeeld', ...fresh }, {}, { number: '7' }], [{ number: 7 }]).rows).toHaveLength(
      1,
    )
  })
})

describe('rows beside each other and the register', () => {
  it('one member twice, by number and by KvK number', () => {
    const made = plan(
      [
        { number: '7', city: 'X' },
        { number: '', chamberNumber: '11111111', city: 'Y' },
      ],
      [{ number: 7, chamberNumber: '11111111' }],
    )
    expect(codes(made)).toEqual(['3 number sameMemberTwice'])
    expect(made.findings[0]!.params).toMatchObject({ other: '2', number: '7' })
  })

  it('one new member twice', () => {
    expect(codes(plan([fresh, { ...fresh, name: 'Anders' }]))).toEqual([
      '2 chamberNumber sameChamberNumber',
      '3 chamberNumber sameChamberNumber',
    ])
    const { chamberNumber: _, ...noKvk } = { ...fresh, postalCode: '3512 AB' }
    expect(codes(plan([noKvk, noKvk]))).toEqual(['3 name sameNewTwice'])
  })

  it('an identifier of another member, unless that one gives it up', () => {
    const register = [{ number: 7, rsin: '123456789' }, { number: 8 }]
    expect(codes(plan([{ number: '8', rsin: '123456789' }], register))).toEqual(['2 rsin sameRsin'])
    const swapped = [
      { number: '8', rsin: '123456789' },
      { number: '7', rsin: '-' },
    ]
    expect(states(plan(swapped, register))).toEqual(['changed', 'changed'])
  })

  it('sole traders may share a KvK number', () => {
    const sole = { ...fresh, legalForm: 'eenmanszaak', name: 'Tweede zaak' }
    const register = [{ number: 7, chamberNumber: '11111111', legalForm: 'eenmanszaak' }]
    expect(states(plan([sole], register))).toEqual(['new'])
    expect(states(plan([{ ...sole, name: 'Lid 7', since: '' }], register))).toEqual(['same'])
  })

  it('a former member keeps its identifiers to itself', () => {
    const register = [{ number: 7, chamberNumber: '11111111', isFormer: true, kind: null }, { number: 8 }]
    expect(states(plan([{ number: '8', chamberNumber: '11111111' }], register))).toEqual(['changed'])
    expect(codes(plan([fresh], register))).toContain('2 name formerMember')
  })
})

const held = fc.record({
  name: fc.stringMatching(/^[A-Za-z=+'][\w ,/&'é-]{0,30}$/),
  chamberNumber: fc.option(fc.stringMatching(/^\d{8}$/)),
  street: fc.option(fc.string({ minLength: 1, maxLength: 30 })),
  contactPhone: fc.option(fc.string({ minLength: 1, maxLength: 12 })),
  neighbourhoods: fc.constantFrom(null, '1', '2', '1, 2'),
  kind: fc.constantFrom('voting', 'supporting'),
  isFormer: fc.boolean(),
})

describe('importing what was exported', () => {
  it('changes nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(held, { selector: ({ name }) => name, maxLength: 8 }), (members) => {
        const register = members.map((member, at) => ({
          ...member,
          number: at + 1,
          kind: member.isFormer ? null : member.kind,
        }))
        const rows = register.map(({ number, kind, name, isFormer: _, ...details }) => ({
          number: String(number),
          kind: kind === 'voting' ? 'Stemlid' : kind ? 'Steunlid' : '',
          since: '01-01-2019',
          name,
          ...Object.fromEntries(Object.entries(details).map(([field, value]) => [field, value ?? ''])),
        }))
        if (rows.length === 0) return
        expect(plan(rows, register)).toMatchObject({ findings: [] })
        expect(new Set(states(plan(rows, register)))).toEqual(new Set(['same']))
      }),
    )
  })
})
