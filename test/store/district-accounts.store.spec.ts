import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Drafting, KnownActuals, Reports, Reviewing, SigningOff } from '#accountability'
import { Agreements } from '#agreements'
import { SettledByBank } from '#bank'
import {
  Advances,
  ConfirmingSettlements,
  DistrictAccounts,
  DistrictDailyWork,
  JournalComparisons,
  JournalPreviews,
  Journals,
  JournalUploads,
  ReportBookings,
  Settlements,
} from '#district-accounts'
import { Quarter } from '#kernel'
import { Ledger, LedgerPeriods, LedgerYearEnd } from '#ledger'
import { Payables } from '#payments'
import { Database, Upload, Visitor } from '#platform'
import { domainModules } from '../../apps/domain.modules.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let accounts: DistrictAccounts

beforeAll(async () => {
  database = await createTestDatabase('demo')
  app = await startContext(database.url, domainModules)
  accounts = app.get(DistrictAccounts)
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const of = async (area: string, year = 2019) => (await accounts.of(area, year))!
const ledger = () => app.get(Ledger)
const balance = (account: string, project: string | null, through = '2019-12-31') =>
  ledger().balance({ account, ...(project && { project }), through })
async function personOf(email: string): Promise<Visitor> {
  const [row]: { id: string; name: string }[] = await database.owner.query(
    'SELECT id, name FROM people WHERE email = $1',
    [`${email}@example.org`],
  )
  const roles = await database.owner.query(
    'SELECT role, scope_id AS "scopeId" FROM role_assignments WHERE person_id = $1',
    [row!.id],
  )
  return new Visitor(row!.id, row!.name, `${email}@example.org`, roles)
}

describe('approved quarters', () => {
  it('are in the books of the demo, each once, against the advances', async () => {
    const zuid = await of('zuid-oost')
    const project = zuid.agreement.accountingDistrictId!
    const oost = await of('oost')
    expect(oost.agreement.accountingDistrictId).toBe(project)
    expect(zuid.openQuarters).toEqual([])
    expect(oost.openQuarters).toEqual(['2019-Q4'])
    const [report] = (await app.get(Reports).approvedContents({ quarter: Quarter.parse('2019-Q4') })).filter(
      ({ agreement }) => agreement.areaSlug === 'zuid-oost',
    )
    expect(zuid.spentCents).toBe(BigInt(report!.content.totals.actualCents))
    expect(await balance('WKprUit', project)).toBe(zuid.spentCents + oost.spentCents)
    expect(await balance('BVorVsc', project)).toBe(zuid.balanceCents + oost.balanceCents)
    expect(zuid.paidCents).toBe(zuid.budgetCents)
    expect(zuid.balanceCents).toBe(zuid.budgetCents - zuid.spentCents)
  })

  it('are booked on the last day of the quarter, with the report as document', async () => {
    const [first] = (await of('oost')).bookings
    const entry = (await ledger().entry(first!.entryId))!
    expect(entry).toMatchObject({ onDay: '2019-03-31', document: 'Verantwoording oost 2019-Q1, versie 1' })
  })

  it('are not booked again, also not by several at once', async () => {
    const before = await of('oost')
    const agreement = (await app.get(Agreements).byArea('oost'))!
    const book = () =>
      app.get(Database).transaction((tx) => app.get(ReportBookings).bookYear(tx, agreement, 2019, null))
    await Promise.all([book(), book(), book()])
    await app.get(DistrictDailyWork).doAll('2020-02-15')
    expect((await of('oost')).bookings).toEqual(before.bookings)
  })

  it('that were opened again and approved anew give the difference, and nothing to the quarters after it', async () => {
    const before = await of('zuid-oost')
    const address = { area: 'zuid-oost', quarter: '2019-Q4' }
    const [lead, coordinator, treasurer] = [
      await personOf('teamleider'),
      await personOf('gsmo'),
      await personOf('gsmo-financien'),
    ]
    const controller = await personOf('controller')
    await app.get(Reviewing).reopen(lead, address, { sections: ['money'], reason: 'Factuur vergeten' })
    expect((await of('zuid-oost')).spentCents).toBe(before.spentCents)
    const { fields } = await app.get(Drafting).current(address, coordinator)
    const field = 'lines.scholing.actual'
    const seen = fields.get(field)!
    const [row] = before.version.terms.lines.filter(({ id }) => id === 'scholing')
    const text = String(row!.budgetCents / 100n)
    await app.get(Drafting).saveFields(coordinator, address, [
      { field, text, seenRevision: seen.revision },
      {
        field: 'lines.scholing.forecast',
        text,
        seenRevision: fields.get('lines.scholing.forecast')!.revision,
      },
      { field: 'answer.money', text: 'Staat er nu in.', seenRevision: null },
    ])
    const signing = app.get(SigningOff)
    expect(await signing.complete(coordinator, address)).toMatchObject({ outcome: 'completed' })
    const { sha256 } = await signing.toSign(treasurer, address)
    await signing.sign(treasurer, address, sha256!)
    const latest = (await app.get(Reports).find(address))!.latest!.number
    await app
      .get(Reviewing)
      .review(controller, address, latest, [{ section: 'money', verdict: 'approved', text: '' }])
    const after = await of('zuid-oost')
    const added = after.bookings.filter(({ number }) => number === 2)
    expect(added).toHaveLength(1)
    expect(added[0]).toMatchObject({ quarter: '2019-Q4', lineId: 'scholing', reportVersion: latest })
    expect(after.spentCents - before.spentCents).toBe(added[0]!.cents)
  })
})

describe('advances', () => {
  it('of an amended agreement get a new schedule, and are paid once through the payments', async () => {
    const controller = await personOf('controller')
    const advances = app.get(Advances)
    await database.owner.query(
      `INSERT INTO agreement_versions (id, agreement_id, number, holds_from, terms, signed_on, content, sha256)
       SELECT gen_random_uuid(), agreement_id, 2, '2019-07-01', jsonb_set(terms, '{lines,9,budgetCents}', '"1120000"') || '{"wijkbudgetCents": "19000000"}', signed_on,
         content, sha256 FROM agreement_versions v JOIN agreements a ON a.id = v.agreement_id
       WHERE a.area_slug = 'oost'`,
    )
    expect((await of('oost')).stale).toBe(true)
    await expect(advances.order(controller, 'oost', 2019, 5)).rejects.toThrow('noSuchAdvance')
    await Promise.all([1, 2].map(() => advances.schedule(controller, 'oost', 2019, 'quarter')))
    const known = await of('oost')
    expect(known).toMatchObject({ stale: false, schedule: { version: 2 } })
    expect(known.advances.map(({ state, cents }) => `${state} ${cents}`)).toEqual([
      ...Array(4).fill('paid 4500000'),
      'planned 1000000',
    ])
    await Promise.all([1, 2].map(() => advances.order(controller, 'oost', 2019, 5)))
    const payables = await app.get(Payables).of('advance', 'VS-2019-oost-5')
    expect(payables).toMatchObject([
      { cents: 1_000_000n, debitAccount: 'BVorVsc', payeeName: 'Wijkcoöperatie Oost' },
    ])
    expect((await of('oost')).advances.at(-1)).toMatchObject({ state: 'waitingForIban', paidOn: null })
    await expect(advances.order(await personOf('penningmeester'), 'oost', 2019, 5)).rejects.toThrow(
      'districtAccounts.ownWijk',
    )
  })

  it('are settled by controller and director, with what is to come back', async () => {
    const [controller, director] = [await personOf('controller'), await personOf('bestuurder')]
    const [settlements, confirming] = [app.get(Settlements), app.get(ConfirmingSettlements)]
    const none = { cents: 0n, reason: '' }
    await expect(settlements.propose(controller, 'oost', 2019, none)).rejects.toThrow('quartersOpen')
    await Promise.all([1, 2].map(() => settlements.propose(controller, 'zuid-oost', 2019, none)))
    const before = await of('zuid-oost')
    expect(before.settlements).toHaveLength(1)
    const [settlement] = before.settlements
    expect(settlement).toMatchObject({ balanceCents: before.balanceCents, uncoveredCents: 0n })
    const both = new Visitor(controller.personId, '', '', [{ role: 'director', scopeId: null }])
    await expect(confirming.confirm(both, settlement!.id)).rejects.toThrow('sameEyes')
    await Promise.all([1, 2].map(() => confirming.confirm(director, settlement!.id)))
    const after = await of('zuid-oost')
    expect(after).toMatchObject({ balanceCents: 0n, settlements: [{ confirmation: {} }] })
    const project = after.agreement.accountingDistrictId!
    expect(await balance('BVorOvr', project)).toBe(before.balanceCents)
    const mails: unknown[] = await database.owner.query(
      `SELECT 1 FROM notices WHERE template = 'district-accounts/settled'`,
    )
    expect(mails).toHaveLength(1)

    const bank = app.get(SettledByBank)
    const { read } = app.get(Database)
    const item = (await bank.openItems(read)).find(({ kind }) => kind === 'advanceReturn')!
    expect(item).toMatchObject({ cents: before.balanceCents, reference: 'VS-2019-zuid-oost-E1' })
    const line = {
      ...{ id: 'x', bookedOn: '2020-02-10', cents: item.cents, counterpartyName: '', counterpartyIban: '' },
      ...{ description: '', endToEndId: null, returnReason: null, statementReference: 'A-3' },
    }
    const receive = () =>
      app.get(Database).transaction((tx) => bank.settle(tx, controller, item.kind, item.id, line))
    await receive()
    await expect(receive()).rejects.toThrow('notToReceive')
    expect(await balance('BVorOvr', project, '2020-02-15')).toBe(0n)
  })
})

describe('the journal of a wijk', () => {
  const heads = 'Datum;Rekening;Naam rekening;Omschrijving;Stuk;Debet;Credit'
  const csv = (...rows: string[]) => new Upload('oost.csv', Buffer.from([heads, ...rows].join('\r\n')))
  const q3 = Quarter.parse('2019-Q3')

  const [uploads, previews] = [() => app.get(JournalUploads), () => app.get(JournalPreviews)]

  it('is read, mapped once, kept and compared; the same file again adds nothing', async () => {
    const treasurer = await personOf('penningmeester')
    const journals = app.get(Journals)
    const file = csv(
      '15-2-2019;4000;Lonen;Loon;F1;22.800,00;',
      '31-8-2019;4000;Lonen;Loon;F2;46.900,00;',
      '1-9-2019;1100;Bank;Loon;F2;;46.900,00',
      '1-12-2019;4000;Lonen;Later;F9;1,00;',
    )
    const [first, second] = await Promise.all([1, 2].map(() => uploads().upload(treasurer, 'oost', q3, file)))
    expect(first).toEqual(second)
    const { id } = first as { id: string }
    const preview = await previews().of(treasurer, id)
    expect(preview.unmapped).toEqual(['1100', '4000'])
    expect(preview.outside.map(({ onDay }) => onDay)).toEqual(['2019-12-01'])
    await expect(journals.keep(treasurer, id)).rejects.toThrow('accountsUnmapped')
    await expect(previews().map(treasurer, id, new Map([['4000', 'x']]))).rejects.toThrow('unknownLine')
    await previews().map(
      treasurer,
      id,
      new Map([
        ['4000', 'personeel'],
        ['1100', null],
      ]),
    )
    expect(await journals.keep(treasurer, id)).toEqual({ area: 'oost', year: 2019 })
    const again = (await uploads().upload(treasurer, 'oost', q3, file)) as { id: string }
    expect((await previews().of(treasurer, again.id)).unmapped).toEqual([])
    await journals.keep(treasurer, again.id)
    const { agreement } = await of('oost')
    expect(await journals.of(agreement.id, 2019)).toMatchObject([
      { number: 1, leftOut: 1, quarter: '2019-Q3' },
    ])
    const [one, , three] = await app.get(JournalComparisons).of(agreement, 2019)
    expect(one!.lines[0]).toMatchObject({ id: 'personeel', journalCents: 2_280_000n, differenceCents: 0n })
    expect(three!.lines[0]).toMatchObject({ journalCents: 6_970_000n, differenceCents: 0n })
    expect(three).toMatchObject({ approved: true, agrees: false })
    const known = await app.get(Database).transaction((tx) => app.get(KnownActuals).of(tx, agreement.id, q3))
    expect(known).toEqual(new Map([['personeel', 6_970_000n]]))

    const late = csv('15-2-2019;4000;Lonen;Loon;F1;22.800,00;', '1-3-2019;4000;Lonen;Vergeten;F3;5,00;')
    const { id: lateId } = (await uploads().upload(treasurer, 'oost', q3, late)) as { id: string }
    expect((await previews().of(treasurer, lateId)).late.map(({ document }) => document)).toEqual(['F3'])
    await uploads().discard(treasurer, lateId)
    await uploads().discard(treasurer, lateId)
  })

  it('comes from an audit file too: our own', async () => {
    const { AuditFile } = await import('../../libs/ledger/audit-file.service.js')
    const parts: string[] = []
    for await (const part of (await app.get(AuditFile).write(2019))!) parts.push(part)
    const controller = await personOf('controller')
    const upload = new Upload('2019.xaf', Buffer.from(parts.join('')))
    const { id } = (await uploads().upload(controller, 'zuid-oost', Quarter.parse('2019-Q4'), upload)) as {
      id: string
    }
    const { accounts } = await previews().of(controller, id)
    const spent = accounts.find(({ account }) => account === 'WKprUit')!
    expect(spent).toMatchObject({ isBalance: false, cents: await balance('WKprUit', null) })
    expect(accounts.find(({ account }) => account === 'BLimBan')).toMatchObject({ isBalance: true })
  })

  it('is refused from others, and when it is something else', async () => {
    const [gsmo, treasurer] = [await personOf('gsmo-financien'), await personOf('penningmeester')]
    await expect(uploads().upload(gsmo, 'oost', q3, csv('1-1-2019;4;;;;1;'))).rejects.toThrow('Forbidden')
    const doctype = new Upload(
      'a.xaf',
      Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    )
    await expect(uploads().upload(treasurer, 'oost', q3, doctype)).rejects.toThrow('xml.definitions')
    const other = csv('1-1-2018;4000;;;;1;')
    await expect(uploads().upload(treasurer, 'oost', q3, other)).rejects.toThrow('journalOtherYear')
    expect(await uploads().upload(treasurer, 'oost', q3, csv('31-4-2019;4000;;;;1;'))).toMatchObject({
      findings: [{ place: 'A2', code: 'day' }],
    })
  })
})

describe('the end of the year', () => {
  it('brings the result to the reserves, once, and before December closes', async () => {
    const controller = await personOf('controller')
    const yearEnd = app.get(LedgerYearEnd)
    const before = await yearEnd.of(2019)
    expect(before.openPoints.length).toBeGreaterThan(3)
    const all = { toEqualisationCents: before.resultCents, reason: '' }
    await expect(yearEnd.end(controller, 2019, all)).rejects.toThrow('pointsOpen')
    const reason = 'De ALV stelt de cijfers vast.'
    await Promise.all([1, 2].map(() => yearEnd.end(controller, 2019, { ...all, reason })))
    const after = await yearEnd.of(2019)
    expect(after.resultCents).toBe(before.resultCents)
    expect(after.appropriatedCents).toBe(before.resultCents)
    expect(await balance('BEivOreEga', null)).toBe(-before.resultCents)
    await app
      .get(Database)
      .transaction((tx) => ledger().reverse(tx, after.entry!.id, 'Nog een boeking', controller.personId))
    expect((await yearEnd.of(2019)).entry).toBeNull()
    await yearEnd.end(controller, 2019, { toEqualisationCents: 0n, reason })
    expect(await balance('BEivOvr', null)).toBe(-before.resultCents)
    const periods = app.get(LedgerPeriods)
    for (const day of ['2019-03-31', '2019-06-30', '2019-09-30', '2019-12-31'])
      await periods.close(controller, day, 'quarter')
    expect((await yearEnd.of(2019)).isClosed).toBe(true)
  })

  it('leaves a quarter that is approved later to the first day that is open', async () => {
    const agreement = (await app.get(Agreements).byArea('zuidwest-binnenstad'))!
    const address = { area: 'zuidwest-binnenstad', quarter: '2019-Q4' }
    const version = (await app.get(Reports).find(address))!.latest!.number
    const verdict = (section: string) => ({ section, verdict: 'approved', text: '' }) as never
    const review = async (who: string, ...sections: string[]) =>
      app.get(Reviewing).review(await personOf(who), address, version, sections.map(verdict))
    await review('serviceteam', 'story', 'indicators', 'people', 'risks')
    expect(await review('controller', 'money', 'means')).toMatchObject({ closed: true })
    const [booked] = (await app.get(ReportBookings).of(2019, agreement.id)).filter(
      ({ quarter }) => quarter === '2019-Q4',
    )
    expect(booked!.onDay).toBe('2020-01-01')
  })
})
