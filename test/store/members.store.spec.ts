import type { INestApplicationContext } from '@nestjs/common'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IdentityModule, People } from '#identity'
import { Members, MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { Clock, Database } from '#platform'
import { MemberReading } from '../../libs/members/reading.service.js'
import { type MemberDetails, noParticulars } from '../../libs/members/rules/details.js'
import { instantOf } from '../../libs/members/rules/instant.js'
import { type MembershipEvent, membershipKnownAt } from '../../libs/members/rules/membership.js'
import { standing } from '../../libs/members/rules/standing.js'
import { historyOf, readFacts } from '../../libs/members/store/facts.store.js'
import type { ListSelection } from '../../libs/members/store/list.store.js'
import { startTestApp, type TestApp } from '../support/app.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let testDatabase: TestDatabase
let app: INestApplicationContext
let members: Members
let database: Database
let numbers = 0

const voting = { kind: 'voting', by: null } as const
const admit = (given: Partial<Parameters<Members['admit']>[1]> = {}) =>
  database.transaction((tx) =>
    members.admit(tx, { ...voting, number: ++numbers, name: `Lid ${numbers}`, on: '2019-01-01', ...given }),
  )
const record = (id: string, event: MembershipEvent) =>
  database.transaction((tx) => members.record(tx, id, event, null))
const correct = (id: string, eventId: string, replacement: MembershipEvent | 'void') =>
  database.transaction((tx) => members.correct(tx, id, eventId, replacement, null, 'Het besluit zei anders'))
const setClock = (instant: string) => app.get(Clock).moveTo(new Date(instant))
const status = async (id: string, day: string, knownAt?: string) => {
  const found = await members.find(id, day, undefined, knownAt ? new Date(knownAt) : null)
  return found ? `${found.status} ${found.kind}` : 'none'
}

beforeAll(async () => {
  testDatabase = await createTestDatabase('empty')
  app = await startContext(testDatabase.url, [NoticesModule, IdentityModule, MembersModule], 8)
  members = app.get(Members)
  database = app.get(Database)
  await setClock('2019-06-01T12:00:00Z')
})

afterAll(async () => {
  await app?.close()
  await testDatabase?.drop()
})

describe('the register as of a day', () => {
  it('keeps what was known when a fact is corrected, and when the correction is', async () => {
    await setClock('2019-06-01T12:00:00Z')
    const id = await admit()
    await setClock('2019-07-01T12:00:00Z')
    const ended = await record(id, { on: '2019-03-01', type: 'ended' })
    await setClock('2019-08-01T12:00:00Z')
    const moved = await correct(id, ended, { on: '2019-05-01', type: 'ended' })
    await setClock('2019-09-01T12:00:00Z')
    await correct(id, moved, 'void')

    const on = (knownAt?: string) => status(id, '2019-04-01', knownAt)
    expect(await on('2019-05-31T12:00:00Z')).toBe('none')
    expect(await on('2019-06-15T12:00:00Z')).toBe('member voting')
    expect(await on('2019-07-15T12:00:00Z')).toBe('former null')
    expect(await on('2019-08-15T12:00:00Z')).toBe('member voting')
    expect(await on()).toBe('member voting')
    expect(await status(id, '2019-05-02', '2019-08-15T12:00:00Z')).toBe('former null')
    expect(await status(id, '2019-05-02')).toBe('member voting')
  })

  it('knows a name from its day on, and an old one as known then', async () => {
    await setClock('2019-06-01T12:00:00Z')
    const id = await admit({ name: 'Oud' })
    await setClock('2019-07-01T12:00:00Z')
    const named = { on: '2019-06-15', name: 'Nieuw', founder: true, note: null }
    const details: MemberDetails = { ...noParticulars, ...named }
    const detailsId = await database.transaction((tx) => members.describe(tx, id, details, null))
    await setClock('2019-08-01T12:00:00Z')
    await database.transaction((tx) =>
      members.correctDetails(tx, id, detailsId!, { ...details, name: 'Nieuwe' }, null, 'Tikfout'),
    )
    const name = async (day: string, knownAt?: string) =>
      (await members.find(id, day, undefined, knownAt ? new Date(knownAt) : null))?.name
    expect(await name('2019-06-14')).toBe('Oud')
    expect(await name('2019-06-15')).toBe('Nieuwe')
    expect(await name('2019-06-15', '2019-07-15T12:00:00Z')).toBe('Nieuw')
    expect(await name('2019-06-15', '2019-06-15T12:00:00Z')).toBe('Oud')
  })

  it('records nothing earlier than what was recorded before, also when the clock goes back', async () => {
    await setClock('2019-07-01T12:00:00Z')
    const id = await admit()
    await setClock('2019-06-01T12:00:00Z')
    await record(id, { on: '2019-02-01', type: 'suspended' })
    expect(await status(id, '2019-03-01')).toBe('suspended voting')
    expect(await status(id, '2019-03-01', '2019-06-30T12:00:00Z')).toBe('none')
  })

  it('equals the rule for random histories, days and instants of knowing', async () => {
    const kind = fc.constantFrom('voting' as const, 'supporting' as const)
    const on = fc.integer({ min: 1, max: 9 }).map((day) => `2019-01-0${day}`)
    const event: fc.Arbitrary<MembershipEvent> = fc.oneof(
      fc.record({ on, type: fc.constantFrom('admitted' as const, 'kindChanged' as const), kind }),
      fc.record({ on, type: fc.constantFrom('suspended' as const, 'reinstated' as const, 'ended' as const) }),
    )
    const step = fc.record({
      event,
      wait: fc.integer({ min: 0, max: 2 }),
      corrects: fc.option(fc.nat()),
      void: fc.boolean(),
    })
    const history = fc.record({ first: fc.record({ on, kind }), steps: fc.array(step, { maxLength: 10 }) })
    const base = Date.parse('2020-01-01T12:00:00.250Z')
    const dayMs = 86_400_000
    await fc.assert(
      fc.asyncProperty(history, async ({ first, steps }) => {
        const id = await admit({ ...first, recordedAt: new Date(base) })
        const [admission] = (await readFacts(database.read, [id])).get(id)!.events
        let standingIds = [admission!.id]
        for (const [at, { event, wait, corrects, void: isVoid }] of steps.entries()) {
          if (wait > 0) await setClock(new Date(base + (at + 1) * dayMs).toISOString())
          const target = corrects === null ? undefined : standingIds[corrects % standingIds.length]
          const made = target ? await correct(id, target, isVoid ? 'void' : event) : await record(id, event)
          standingIds = [...standingIds.filter((known) => known !== target), made]
        }
        const rows = (await readFacts(database.read, [id])).get(id)!.events
        const recorded = historyOf(rows)
        for (let day = 0; day <= 10; day++) {
          const asOf = `2019-01-${String(day || 31).padStart(2, '0')}`
          for (let known = -1; known <= steps.length + 1; known++) {
            const knownAt = new Date(base + known * dayMs)
            const { status, kind, mayVote, since } = membershipKnownAt(asOf, instantOf(knownAt), recorded)
            const found = await members.find(id, asOf, undefined, knownAt)
            const expected = status === 'none' ? null : { status, kind, mayVote, since }
            expect(
              found && { status: found.status, kind: found.kind, mayVote: found.mayVote, since: found.since },
            ).toEqual(expected)
          }
        }
        expect(standing(recorded).length).toBeLessThanOrEqual(rows.length)
      }),
      { numRuns: 25 },
    )
  })
})

describe('details', () => {
  const particulars = {
    ...noParticulars,
    city: 'Utrecht',
    contactName: 'Eerste',
    contactEmail: 'eerste@example.org',
  }
  const describeAs = (id: string, given: Partial<MemberDetails>) =>
    database.transaction(async (tx) => {
      const now = (await members.details(id, given.on ?? '2019-06-01', tx))!
      return members.describe(tx, id, { ...now, ...given }, null, 'Proef')
    })
  const contactOf = async (id: string, day: string) =>
    (await app.get(People).holders('contact', day))
      .filter(({ scopeId }) => scopeId === id)
      .map(({ email }) => email)

  it('hold from a day, and leave earlier days as they were', async () => {
    const id = await admit({ details: particulars })
    await describeAs(id, { on: '2019-07-01', iban: 'NL91ABNA0417164300', neighbourhoods: [3, 4] })
    expect(await members.details(id, '2019-06-30')).toMatchObject({
      city: 'Utrecht',
      iban: null,
      neighbourhoods: [],
    })
    const later = { city: 'Utrecht', iban: 'NL91ABNA0417164300', neighbourhoods: [3, 4] }
    expect(await members.details(id, '2019-07-01')).toMatchObject(later)
    expect((await members.allDetails('2019-07-01')).get(id)).toMatchObject(later)
    expect((await members.find(id, '2019-07-01'))?.neighbourhoods).toEqual([3, 4])
  })

  it('record nothing when nothing differs, and refuse what a later change would undo', async () => {
    const id = await admit({ details: particulars })
    expect(await describeAs(id, { on: '2019-07-01' })).toBeNull()
    expect(await describeAs(id, { on: '2019-07-01', city: 'De Meern' })).not.toBeNull()
    await expect(describeAs(id, { on: '2019-06-15', street: 'Dorpsstraat 1' })).rejects.toThrow(
      'member.laterDetails',
    )
  })

  it('give the role of contact to whom the register names, from the day it does', async () => {
    await setClock('2019-06-01T12:00:00Z')
    const id = await admit({ details: particulars })
    expect(await contactOf(id, '2019-06-01')).toEqual(['eerste@example.org'])
    await describeAs(id, { on: '2019-06-20', contactName: 'Tweede', contactEmail: 'tweede@example.org' })
    expect(await contactOf(id, '2019-06-19')).toEqual(['eerste@example.org'])
    expect(await contactOf(id, '2019-06-20')).toEqual(['tweede@example.org'])
    const wrong = (await readFacts(database.read, [id])).get(id)!.details.at(-1)!
    await database.transaction((tx) => members.correctDetails(tx, id, wrong.id, 'void', null, 'Vergissing'))
    expect(await contactOf(id, '2019-06-20')).toEqual(['eerste@example.org'])
    expect(await contactOf(id, '2019-07-20')).toEqual(['eerste@example.org'])
  })

  it('enter many at once as one by one', async () => {
    const known = await admit({ details: particulars })
    const before = (await members.details(known, '2019-06-01'))!
    const fresh = {
      ...before,
      on: '2019-02-01',
      name: 'Nieuw uit een bestand',
      contactEmail: 'derde@example.org',
    }
    const [entered] = await database.transaction((tx) =>
      members.enterAll(
        tx,
        {
          admitted: [{ number: ++numbers, kind: 'supporting', on: '2019-02-01', details: fresh }],
          described: [{ memberId: known, details: { ...before, on: '2019-06-10', city: 'Vleuten' } }],
        },
        { by: null, reason: 'Bestand' },
      ),
    )
    expect(await members.find(entered!, '2019-02-01')).toMatchObject({
      kind: 'supporting',
      since: '2019-02-01',
    })
    expect(await members.find(entered!, '2019-01-31')).toBeNull()
    expect(await members.details(known, '2019-06-10')).toMatchObject({ city: 'Vleuten' })
    expect(await contactOf(entered!, '2019-06-01')).toEqual(['derde@example.org'])
  })

  it('refuse in the database what is no KvK number, RSIN or IBAN', async () => {
    for (const wrong of [{ chamberNumber: '123' }, { rsin: 'x' }, { iban: 'NL' }])
      await expect(admit({ details: wrong })).rejects.toThrow(/member_details_/)
  })
})

describe('corrections', () => {
  it('of one fact at the same time: one stands', async () => {
    const id = await admit()
    const eventId = await record(id, { on: '2019-02-01', type: 'suspended' })
    const two = await Promise.allSettled([
      correct(id, eventId, 'void'),
      correct(id, eventId, { on: '2019-02-02', type: 'suspended' }),
    ])
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = two.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(refused.reason).toMatchObject({ violations: [{ code: 'member.alreadyCorrected' }] })
  })

  it('of what the member does not have are refused, also by the database', async () => {
    const [id, other] = [await admit(), await admit()]
    const eventId = await record(other, { on: '2019-02-01', type: 'suspended' })
    await expect(correct(id, eventId, 'void')).rejects.toMatchObject({
      violations: [{ code: 'member.unknownFact' }],
    })
    const insert = (corrects: string, isVoid: boolean, own = '00000000-0000-7000-8000-000000000001') =>
      testDatabase.application.query(
        `INSERT INTO member_events (id, member_id, on_day, type, recorded_at, corrects, void)
         VALUES ($1, $2, '2019-01-01', 'ended', now(), $3, $4)`,
        [own, id, corrects, isVoid],
      )
    await expect(insert(eventId, false)).rejects.toMatchObject({ constraint: 'member_events_corrects_fkey' })
    await expect(insert('00000000-0000-7000-8000-000000000001', false)).rejects.toMatchObject({
      constraint: 'member_events_corrects_another',
    })
    await expect(insert(null as never, true)).rejects.toMatchObject({
      constraint: 'member_events_void_withdraws',
    })
  })

  it('never take away the only name', async () => {
    const id = await admit()
    const [details] = (await readFacts(database.read, [id])).get(id)!.details
    const withdrawn = database.transaction((tx) =>
      members.correctDetails(tx, id, details!.id, 'void', null, ''),
    )
    await expect(withdrawn).rejects.toMatchObject({ violations: [{ code: 'member.nameNeeded' }] })
    expect((await readFacts(database.read, [id])).get(id)!.details).toHaveLength(1)
  })
})

describe('what two do at once', () => {
  it('is all in the register afterwards', async () => {
    const id = await admit()
    const days = ['02', '03', '04', '05', '06', '07'].map((month) => `2019-${month}-01`)
    await Promise.all(days.map((on, at) => record(id, { on, type: at % 2 ? 'reinstated' : 'suspended' })))
    const seen = []
    for (const day of days) seen.push(await status(id, day))
    expect(seen).toEqual(days.map((_, at) => `${at % 2 ? 'member' : 'suspended'} voting`))
    const overlaps = await testDatabase.owner.query(
      `SELECT 1 FROM member_periods a JOIN member_periods b USING (member_id)
       WHERE a.sequence < b.sequence AND a.holds && b.holds AND a.known && b.known`,
    )
    expect(overlaps).toEqual([])
  })

  it('takes a number once', async () => {
    const number = ++numbers
    const two = await Promise.allSettled([admit({ number }), admit({ number })])
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('the list', () => {
  const all: ListSelection = {
    typed: '',
    statuses: ['member', 'suspended', 'former'],
    kind: null,
    neighbourhoods: null,
    order: 'nummer',
    descending: false,
    page: 1,
  }
  const day = '2031-01-01'
  const list = (selection: Partial<ListSelection>) =>
    app.get(MemberReading).list(day, null, { ...all, ...selection })

  beforeAll(async () => {
    const names = ['Één & Co', 'De eenhoorn', '100% Oost', 'Zon', 'aap']
    for (const name of names) await admit({ name: `Zoekproef ${name}`, on: '2030-01-01' })
    const suspended = await admit({ name: 'Zoekproef geschorst', on: '2030-01-01', kind: 'supporting' })
    await record(suspended, { on: '2030-02-01', type: 'suspended' })
  })

  it.each<[Partial<ListSelection>, string[]]>([
    [{ typed: 'EEN zoek' }, ['Één & Co', 'De eenhoorn']],
    [{ typed: 'zoekproef 100%' }, ['100% Oost']],
    [
      { typed: 'zoekproef', order: 'naam' },
      ['100% Oost', 'aap', 'De eenhoorn', 'Één & Co', 'geschorst', 'Zon'],
    ],
    [
      { typed: 'zoekproef', order: 'naam', descending: true, kind: 'voting' },
      ['Zon', 'Één & Co', 'De eenhoorn', 'aap', '100% Oost'],
    ],
    [{ typed: 'zoekproef', kind: 'supporting' }, ['geschorst']],
    [{ typed: 'zoekproef', statuses: ['suspended'] }, ['geschorst']],
    [{ typed: 'zoekproef', statuses: ['former'] }, []],
    [{ typed: 'zoekproef', page: 2 }, []],
  ])('%j', async (selection, names) => {
    const { members: found } = await list(selection)
    expect(found.map(({ name }) => name.replace('Zoekproef ', ''))).toEqual(names)
  })

  it('finds a member by its number, and counts all kinds whatever was chosen', async () => {
    const { members: found, ...counts } = await list({ typed: String(numbers) })
    expect(found.map(({ number }) => number)).toEqual([numbers])
    expect(counts.voting + counts.supporting).toBeGreaterThan(counts.found)
    expect(await list({ page: 400 })).toMatchObject({ members: [] })
  })
})

describe('the pages', () => {
  let site: TestApp
  const textOf = async (path: string, who?: string) =>
    (await (await site.client(who)).get(path)).text.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')

  beforeAll(async () => {
    site = await startTestApp()
    const register = site.app.get(Members)
    const seven = (await register.asOf('2020-02-15')).find(({ number }) => number === 7)!
    const [{ id: secretary }] = await site.database.owner.query(
      `SELECT id FROM people WHERE email = 'secretaris@example.org'`,
    )
    await site.app.get(Database).transaction(async (tx) => {
      const wrong = await register.record(
        tx,
        seven.id,
        { on: '2020-02-01', type: 'ended' },
        secretary,
        'Brief',
      )
      await register.correct(tx, seven.id, wrong, { on: '2020-02-10', type: 'ended' }, secretary, 'Tikfout')
    })
  })
  afterAll(() => site?.stop())

  it.each([
    ['secretaris', true],
    ['serviceteam', true],
    ['bestuurder', true],
    ['voorzitter', true],
    ['beheer', true],
    ['lid-7', true],
    ['lid-8', false],
    ['controller', false],
    [undefined, false],
  ])('show what was recorded of a member to %s: %s', async (who, seesAll) => {
    const text = await textOf('/leden/7', who)
    expect(text).toContain('Bloeij in de buurt')
    expect(text.includes('Vastgelegd door')).toBe(seesAll)
    expect(text.includes('Toegelaten als stemlid per 1 januari 2019')).toBe(seesAll)
    expect(text.includes('In plaats van: Lidmaatschap geëindigd per 1 februari 2020.')).toBe(seesAll)
    expect(text.includes('Tikfout')).toBe(seesAll)
  })

  it('show the register of a day, and as it was known then', async () => {
    expect(await textOf('/leden?q=bloeij')).toContain('Geen lid past')
    expect(await textOf('/leden?q=bloeij&status=oud-lid')).toContain('href="/leden/7"')
    expect(await textOf('/leden?q=bloeij&per=2020-02-09')).toContain('/leden/7?per=2020-02-09"')
    expect(await textOf('/leden?q=bloeij&bekend=2020-02-14')).toContain('/leden/7?bekend=2020-02-14"')
    expect(await textOf('/leden?per=2018-12-31')).toContain('4 stemleden en 2 steunleden')
    expect(await textOf('/leden?bekend=2018-12-31')).toContain('4 stemleden en 2 steunleden')
    expect(await textOf('/leden?bekend=2018-05-31')).toContain('nog geen leden')
  })

  it('order and turn pages by links', async () => {
    const first = await textOf('/leden?volgorde=nummer')
    expect(first).toContain('href="/leden?volgorde=-nummer"')
    expect(first).toContain('href="/leden?volgorde=nummer&pagina=2"')
    expect(await textOf('/leden?volgorde=nummer&pagina=2')).toContain('GSMO')
    expect(await textOf('/leden?volgorde=nummer&pagina=7')).toContain('GSMO')
  })

  it.each(['0', '007', '999', '99999999999', 'abc', '-1', '7?per=1990-01-01'])(
    'know no member %s',
    async (number) => {
      const client = await site.client()
      expect((await client.get(`/leden/${number}`)).status).toBe(404)
    },
  )

  it.each([
    'per=0000-01-01',
    'per=2019-02-30&bekend=9999-12-31',
    'q=%25%5C_',
    'q=a&q=b&per[x]=1',
    'volgorde=__proto__&status=constructor&soort=toString&pagina=-1',
  ])('bear any address: ?%s', async (query) => {
    const client = await site.client()
    expect((await client.get(`/leden?${query}`)).status).toBe(200)
  })
})
