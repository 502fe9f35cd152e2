import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PastStep, ReportsEntering, sections } from '#accountability'
import { BankLines, Matching, SettledByBank, Statements } from '#bank'
import {
  Advances,
  ConfirmingSettlements,
  DistrictAccounts,
  DistrictDailyWork,
  Settlements,
  type WijkYear,
} from '#district-accounts'
import type { Cents, Day } from '#kernel'
import { Ledger } from '#ledger'
import { Approving, Batches, Payables, Payees, PaymentFiles } from '#payments'
import { Clock, Database, type Visitor } from '#platform'
import { pastReports } from '../../apps/demo/oost-reports.js'
import { domainModules } from '../../apps/domain.modules.js'
import { WijkPage } from '../../libs/district-accounts/pages/wijk-page.js'
import { camtFile, type SampleEntry } from '../support/camt.js'
import { closeQuarters, visitorOf } from '../support/closed-year.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const IBAN = 'NL02ABNA0123456789'
const PART = 4_500_000n
const NOTHING_EXTRA = { cents: 0n, reason: '' }

let database: TestDatabase
let app: INestApplicationContext
let controller: Visitor
let director: Visitor
/** What the bank's statements came to so far. */
let bankCents = 0n
let statements = 0

/** Oost goes on in 2020 with the same wijkbudget: a year of which nothing was paid ahead yet. */
beforeAll(async () => {
  database = await createTestDatabase('demo')
  app = await startContext(database.url, domainModules)
  ;[controller, director] = [await visitorOf(app, 'controller'), await visitorOf(app, 'bestuurder')]
  await database.owner.query(`UPDATE agreements SET ends_on = '2020-12-31' WHERE area_slug = 'oost'`)
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const oost = async (year = 2020): Promise<WijkYear> => (await app.get(DistrictAccounts).of('oost', year))!
const advance = async (number: number) => (await oost()).advances.find((one) => one.number === number)!
const order = (number: number) => app.get(Advances).order(controller, 'oost', 2020, number)
const moveTo = (day: Day) => app.get(Clock).moveTo(new Date(`${day}T12:00:00+01:00`))
const payable = async (reference: string) => (await app.get(Payables).of('advance', reference))[0]!
const twice = (act: () => Promise<unknown>) => Promise.all([act(), act()])
const messageOf = (act: Promise<unknown>) =>
  act.then(
    () => 'done',
    (error: Error) => error.message,
  )

/** What stands on an account of Oost's administrative wijk, or on the bank, at the end of all that was booked. */
async function balance(account: string): Promise<Cents> {
  const project = account === 'BLimBan' ? null : (await oost()).agreement.accountingDistrictId!
  return app.get(Ledger).balance({ account, ...(project && { project }), through: '2021-12-31' })
}

/** What an act moves on the account of the advances, on what is to be received, to be paid, and on the bank. */
async function moved(act: () => Promise<unknown>): Promise<Record<string, Cents>> {
  const accounts = ['BVorVsc', 'BVorOvr', 'BSchCre', 'BLimBan']
  const before = await Promise.all(accounts.map(balance))
  await act()
  const after = await Promise.all(accounts.map(balance))
  return Object.fromEntries(
    accounts.map((account, at) => [account, after[at]! - before[at]!]).filter(([, cents]) => cents !== 0n),
  )
}

async function make(reference: string, sameAccountAgain = false): Promise<string> {
  const { id } = await payable(reference)
  return app.get(Batches).make(controller, {
    ...{ payableIds: [id], requestKey: randomUUID(), sameAccountAgain: sameAccountAgain ? [id] : [] },
  })
}

async function approve(who: Visitor, batch: string): Promise<1 | 2> {
  const { sha256 } = await app.get(Batches).named(batch)
  return app.get(Approving).approve(who, batch, { sha256, fresh: true })
}

/** A statement of the bank with one line, for which the controller proposes an item and the director confirms it. */
async function bankSays(entry: SampleEntry, kind: string, itemId: string): Promise<void> {
  await confirmLine(await proposeLine(entry, kind, itemId))
}

async function proposeLine(entry: SampleEntry, kind: string, itemId: string): Promise<string> {
  statements += 1
  const file = camtFile([{ id: `W${statements}`, day: entry.day, openingCents: bankCents, entries: [entry] }])
  bankCents += entry.cents
  const { statementId } = await app.get(Statements).import(controller, file, randomUUID())
  const [line] = (await app.get(Statements).find(statementId))!.lines
  const part = { kind, itemId, cents: entry.cents }
  await app.get(Matching).propose(controller, line!.id, [part], randomUUID())
  return (await app.get(BankLines).proposals(line!.id)).at(-1)!.id
}

/** Not by who proposed it; by another it is confirmed once, also when it is pressed twice. */
async function confirmLine(proposalId: string): Promise<void> {
  const matching = app.get(Matching)
  expect(await messageOf(matching.confirm(controller, proposalId))).toContain('bank.ownProposal')
  await twice(() => matching.confirm(director, proposalId))
}

/** What the page of a wijk offers the controller. */
const shown = async (known: WijkYear) => (await app.get(WijkPage).show('nl', controller, known)).model

const openItem = async (kind: string, href: string) =>
  (await app.get(SettledByBank).openItems(app.get(Database).read)).find(
    (item) => item.kind === kind && item.href === href,
  )!

/** The bank pays what is in a batch of one. */
async function paidByBank(batch: string, day: Day): Promise<void> {
  const { id, cents, reference } = await openItem('payment', `/betalingen/${batch}`)
  await bankSays({ day, cents, endToEndId: reference! }, 'payment', id)
}

/** All the way from what is payable to what the bank paid. */
async function pay(reference: string, day: Day, sameAccountAgain = false): Promise<string> {
  const batch = await make(reference, sameAccountAgain)
  await approve(controller, batch)
  await approve(director, batch)
  await paidByBank(batch, day)
  return batch
}

describe('an advance', () => {
  it('is scheduled and ordered; it is payable when the account of the wijk is known', async () => {
    await twice(() => app.get(Advances).schedule(controller, 'oost', 2020, 'quarter'))
    expect((await oost()).advances.map(({ dueOn, cents, state }) => `${dueOn} ${cents} ${state}`)).toEqual(
      ['01', '04', '07', '10'].map((month) => `2020-${month}-15 ${PART} planned`),
    )
    expect(await messageOf(order(2))).toContain('advanceTooEarly')
    await twice(() => order(1))
    expect(await app.get(Payables).of('advance', 'VS-2020-oost-1')).toHaveLength(1)
    expect(await advance(1)).toMatchObject({ state: 'waitingForIban', paidOn: null })
    expect(await messageOf(make('VS-2020-oost-1'))).toContain('paymentBatch.waitingForIban')

    const payees = app.get(Payees)
    await payees.enter(controller, {
      ...{ payeeId: (await oost()).agreement.counterparty.id, name: 'Wijkcooperatie Oost', iban: IBAN },
      ...{ street: '', buildingNumber: '', postalCode: '', town: '', country: 'NL' },
      ...{ source: 'Brief van 3 februari', requestKey: randomUUID() },
    })
    const [entered] = await payees.all()
    expect(await messageOf(payees.answer(controller, entered!.id, 'confirmed', ''))).toContain('ownAccount')
    expect(await advance(1)).toMatchObject({ state: 'waitingForIban' })
    await payees.answer(director, entered!.id, 'confirmed', '')
    expect(await advance(1)).toMatchObject({ state: 'ready' })
  })

  it('is paid: two organisations approve, the bank gets the file, two people confirm its line', async () => {
    const batch = await make('VS-2020-oost-1')
    expect(await advance(1)).toMatchObject({ state: 'inBatch', paidOn: null })
    expect(await approve(controller, batch)).toBe(1)
    expect(await messageOf(approve(await visitorOf(app, 'voorzitter'), batch))).toContain('sameOrganisation')
    const files = app.get(PaymentFiles)
    await expect(files.fetch(controller, batch)).rejects.toThrow('Not Found')
    expect(await approve(director, batch)).toBe(2)
    const { content } = await files.fetch(controller, batch)
    expect(content).toContain('pain.001')
    expect(content).toContain('<InstdAmt Ccy="EUR">45000.00</InstdAmt>')
    expect(content).toContain(`<Nm>Wijkcooperatie Oost</Nm></Cdtr><CdtrAcct><Id><IBAN>${IBAN}</IBAN>`)
    expect(content).toMatch(/<Ustrd>[^<]*VS-2020-oost-1/)

    const other = await oost(2019)
    expect(await moved(() => paidByBank(batch, '2020-02-14'))).toEqual({ BVorVsc: PART, BLimBan: -PART })
    expect(await advance(1)).toMatchObject({ state: 'paid', paidOn: '2020-02-14' })
    expect(await oost()).toMatchObject({ paidCents: PART, spentCents: 0n, balanceCents: PART })
    expect(await oost(2019)).toEqual(other)
    const { debitAccount, accountingDistrictId } = await payable('VS-2020-oost-1')
    expect([debitAccount, accountingDistrictId]).toEqual([
      'BVorVsc',
      (await oost()).agreement.accountingDistrictId,
    ])
    await app.get(DistrictDailyWork).doAll('2020-02-15')
    const told = await database.owner.query(
      `SELECT to_address FROM notices WHERE template = 'district-accounts/advance-paid'
       AND model->>'year' = '2020'`,
    )
    expect(told).toEqual([{ to_address: 'penningmeester@example.org' }])
  })

  it('that comes back reads so and is owed again; it can be paid again', async () => {
    await moveTo('2020-04-10')
    await order(2)
    const [before, batch] = [await oost(), await pay('VS-2020-oost-2', '2020-04-09')]
    expect(await oost()).toMatchObject({ balanceCents: 2n * PART })
    const item = await openItem('paymentReturn', `/betalingen/${batch}`)
    const back = { day: '2020-04-10', cents: PART, endToEndId: item.reference!, returnReason: 'AC04' }
    expect(await moved(() => bankSays(back, 'paymentReturn', item.id))).toEqual({
      ...{ BVorVsc: -PART, BLimBan: PART },
    })
    expect(await advance(2)).toMatchObject({ state: 'returned', paidOn: null })
    expect(await oost()).toMatchObject({ paidCents: before.paidCents, balanceCents: before.balanceCents })
    await order(2)
    expect(await app.get(Payables).of('advance', 'VS-2020-oost-2')).toHaveLength(1)

    expect(await messageOf(make('VS-2020-oost-2'))).toContain('paymentBatch.returned')
    await moveTo('2020-04-20')
    expect(await moved(() => pay('VS-2020-oost-2', '2020-04-17', true))).toEqual({
      ...{ BVorVsc: PART, BLimBan: -PART },
    })
    expect(await advance(2)).toMatchObject({ state: 'paid', paidOn: '2020-04-17' })
    expect(await oost()).toMatchObject({ paidCents: 2n * PART, balanceCents: 2n * PART })
  })
})

/** The four quarters of 2020 as Oost would have written them: what it spent in three quarters of the year before. */
async function approveQuarters(): Promise<Cents> {
  const [coordinator, treasurer] = [
    await visitorOf(app, 'coordinator'),
    await visitorOf(app, 'penningmeester'),
  ]
  const at = new Date('2021-01-20T12:00:00Z')
  const steps: PastStep[] = [
    { kind: 'completed', by: coordinator.personId, at },
    { kind: 'submitted', by: treasurer.personId, at },
    { kind: 'approved', by: controller.personId, at, sections },
    { kind: 'closed', by: controller.personId, at },
  ]
  const atYearEnd = {
    ...{ 'indicators.waardering.value': '7,8', 'indicators.toegankelijk.value': 'ja' },
    ...{ 'ownMeans.explanation': 'Later.', 'socialReturn.explanation': 'Later.' },
    'indicators.deelnemers.explanation': 'Minder dan gehoopt.',
  }
  for (const [at, { draft }] of [...pastReports.slice(0, 3), pastReports[2]!].entries()) {
    const past = { draft: at === 3 ? { ...draft, ...atYearEnd } : draft, savedBy: coordinator.personId }
    const address = { area: 'oost', quarter: `2020-Q${at + 1}` }
    await app
      .get(Database)
      .transaction((tx) =>
        app.get(ReportsEntering).enter(tx, address, { ...past, savedAt: new Date(), steps }),
      )
  }
  return (await oost()).spentCents
}

async function propose(year: number): Promise<string> {
  await app.get(Settlements).propose(controller, 'oost', year, NOTHING_EXTRA)
  return (await oost(year)).settlements.at(-1)!.id
}
const confirm = (id: string) => app.get(ConfirmingSettlements).confirm(director, id)

describe('a year that is settled', () => {
  it('with too little paid ahead: the rest is paid extra', async () => {
    await moveTo('2021-02-05')
    const spent = await approveQuarters()
    expect(spent).toBeGreaterThan(2n * PART)
    expect(await oost()).toMatchObject({ openQuarters: [], balanceCents: 2n * PART - spent })
    const rest = spent - 2n * PART
    const id = await propose(2020)
    const own = app.get(Database).read.query(
      `INSERT INTO advance_settlement_confirmations (settlement_id, confirmed_at, confirmed_by)
         VALUES ($1, now(), $2)`,
      [id, controller.personId],
    )
    await expect(own).rejects.toMatchObject({
      driverError: { constraint: 'advance_settlement_confirmations_other_person' },
    })
    expect(await moved(() => twice(() => confirm(id)))).toEqual({ BVorVsc: rest, BSchCre: -rest })
    expect(await oost()).toMatchObject({
      balanceCents: 0n,
      toPay: [{ settlementId: id, state: 'ready', cents: rest }],
    })
    expect(await moved(() => pay('VS-2020-oost-E1', '2021-02-01'))).toEqual({ BSchCre: rest, BLimBan: -rest })
    expect(await oost()).toMatchObject({
      ...{ balanceCents: 0n, paidCents: 2n * PART, toPay: [{ state: 'paid', paidOn: '2021-02-01' }] },
    })
  })

  it('pays no advance besides: what the wijk still gets is in the settlement', async () => {
    expect(await messageOf(order(3))).toContain('yearSettled')
    expect(await advance(3)).toMatchObject({ state: 'planned' })
    expect(await shown(await oost())).toMatchObject({ schedule: { order: null } })
  })

  it('with too much paid ahead: it comes back, and is recorded once', async () => {
    await closeQuarters(app)
    const { paidCents, spentCents } = await oost(2019)
    const over = paidCents - spentCents
    expect(over).toBeGreaterThan(0n)
    const id = await propose(2019)
    expect(await moved(() => twice(() => confirm(id)))).toEqual({ BVorVsc: -over, BVorOvr: over })
    expect(await oost(2019)).toMatchObject({ balanceCents: 0n, settlements: [{ returned: null }] })
    const item = await openItem('advanceReturn', '/wijkadministratie/oost/2019')
    expect(item).toMatchObject({ cents: over, reference: 'VS-2019-oost-E1' })
    const entry = { cents: over, description: item.reference! }
    const proposals = [
      await proposeLine({ ...entry, day: '2021-02-02' }, item.kind, item.id),
      await proposeLine({ ...entry, day: '2021-02-03' }, item.kind, item.id),
    ]
    expect(await moved(() => confirmLine(proposals[0]!))).toEqual({ BVorOvr: -over, BLimBan: over })
    expect(await messageOf(app.get(Matching).confirm(director, proposals[1]!))).toContain('bank.itemGone')
    expect(await oost(2019)).toMatchObject({
      ...{ balanceCents: 0n, settlements: [{ returned: { receivedOn: '2021-02-02' } }] },
    })
    const returns = await database.owner.query('SELECT 1 FROM advance_returns')
    expect(returns).toHaveLength(1)
  })

  it('is not confirmed while an advance is under way that was ordered after the proposal', async () => {
    const of = async () => (await app.get(DistrictAccounts).of('leidsche-rijn', 2019))!
    await amend('leidsche-rijn', (await of()).budgetCents + 100_000n)
    await app.get(Advances).schedule(controller, 'leidsche-rijn', 2019, 'quarter')
    await app.get(Settlements).propose(controller, 'leidsche-rijn', 2019, NOTHING_EXTRA)
    const { id } = (await of()).settlements.at(-1)!
    await app.get(Advances).order(controller, 'leidsche-rijn', 2019, 5)
    expect(await of()).toMatchObject({ unpaidCount: 1 })
    expect(await messageOf(confirm(id))).toContain('settlementChanged')
  })

  it('leaves what was granted above the wijkbudget as it was granted', async () => {
    const of = async () => (await app.get(DistrictAccounts).of('vleuten-de-meern', 2019))!
    const { paidCents, spentCents } = await of()
    await amend('vleuten-de-meern', spentCents - 100_000n)
    const settlements = app.get(Settlements)
    const extra = { cents: 40_000n, reason: 'Besluit van de ALV' }
    await settlements.propose(controller, 'vleuten-de-meern', 2019, extra)
    const { id } = (await of()).settlements.at(-1)!
    await confirm(id)
    const after = await of()
    expect(after).toMatchObject({
      ...{ balanceCents: 0n, settlements: [{ uncoveredCents: 60_000n }] },
    })
    expect(after.settlements[0]!.balanceCents).toBe(paidCents - spentCents + 60_000n)
    expect(settlements.preview(after)).toMatchObject({ uncoveredCents: 0n, balanceCents: 0n })
    expect(await shown(after)).toMatchObject({ settling: { wouldBe: null, mayPropose: false } })
    const again = settlements.propose(controller, 'vleuten-de-meern', 2019, extra)
    expect(await messageOf(again)).toContain('nothingToSettle')
  })
})

/** The agreement of a wijk gets another wijkbudget; its first line takes the difference. */
async function amend(area: string, wijkbudgetCents: Cents): Promise<void> {
  const { version, agreement, budgetCents } = (await app.get(DistrictAccounts).of(area, 2019))!
  const first = version.terms.lines[0]!.budgetCents + wijkbudgetCents - budgetCents
  await database.owner.query(
    `INSERT INTO agreement_versions (id, agreement_id, number, holds_from, terms, signed_on, content, sha256)
     SELECT gen_random_uuid(), agreement_id, 2, '2019-07-01',
       jsonb_set(terms, '{lines,0,budgetCents}', to_jsonb($2::text)) || jsonb_build_object('wijkbudgetCents', $3::text),
       signed_on, content, sha256
     FROM agreement_versions WHERE agreement_id = $1`,
    [agreement.id, String(first), String(wijkbudgetCents)],
  )
}
