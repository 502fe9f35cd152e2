import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DocumentsModule } from '#documents'
import {
  CertificatePaper,
  GuaranteeCertificates,
  GuaranteePapersModule,
  GuaranteeRecords,
  GuaranteesModule,
  MeansDeclarations,
  MeansReminders,
  type MovementType,
  ShareProposals,
  YearStatements,
} from '#guarantees'
import { IdentityModule, People } from '#identity'
import type { Cents } from '#kernel'
import { Members, MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { Clock, Database, PersonalData, Visitor } from '#platform'
import { Statutes, StatutesModule } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { startContext } from '../support/context.js'
import { outcome } from '../support/convening.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const DAY_ONE = '2019-01-01'
const MEMBERS = 5

let database: TestDatabase
let app: INestApplicationContext
let controller: Visitor
/** The delegates of the members: of the first one the director's cap holds. */
const delegates: { memberId: string; visitor: Visitor }[] = []

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [
    ...[NoticesModule, IdentityModule, MembersModule, StatutesModule, DocumentsModule],
    ...[GuaranteesModule, GuaranteePapersModule],
  ])
  await at('2019-01-10T10:00:00+01:00')
  await app.get(Database).transaction(async (tx) => {
    const [records, people] = [app.get(GuaranteeRecords), app.get(People)]
    await app.get(Statutes).record(tx, demoStatutes)
    const amounts = { awardedCents: 100_000_000n, guaranteeBaseCents: 100_000_000n }
    await records.recordYear(tx, { year: 2019, ...amounts }, null)
    for (let number = 1; number <= MEMBERS; number++) {
      const entered = { number, name: `Lid ${number}`, kind: 'voting' as const, on: DAY_ONE, by: null }
      const memberId = await app.get(Members).admit(tx, entered)
      const email = `lid-${number}@example.org`
      const personId = await people.add(tx, { name: `Afgevaardigde ${number}`, email })
      const role = { role: 'delegate' as const, scopeId: memberId }
      await people.assign(tx, { personId, ...role, from: DAY_ONE, by: null })
      delegates.push({ memberId, visitor: new Visitor(personId, email, email, [role]) })
    }
    const [director] = delegates
    const cap = { memberId: director!.memberId, role: 'director' as const, holdsFrom: DAY_ONE, by: null }
    await records.recordCapHolder(tx, cap)
    const personId = await people.add(tx, { name: 'Controller', email: 'controller@example.org' })
    controller = new Visitor(personId, '', '', [{ role: 'controller', scopeId: null }])
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const at = (instant: string) => app.get(Clock).moveTo(new Date(instant))
const count = async (sql: string, values: unknown[] = []): Promise<number> =>
  Number((await database.owner.query(`SELECT count(*) AS n FROM ${sql}`, values))[0].n)

function declare(index: number, equityCents: Cents | null, change: object = {}) {
  const { memberId, visitor } = delegates[index]!
  const declared = { memberId, year: 2019, accountsYear: 2018, equityCents, incomeCents: null, remark: '' }
  return app.get(MeansDeclarations).declare(visitor, { ...declared, requestKey: randomUUID(), ...change })
}

function record(index: number, type: MovementType, cents: Cents, onDay: string): Promise<string> {
  const { memberId } = delegates[index]!
  const movement = { memberId, type, cents, onDay, document: `Akte ${index + 1}`, by: null }
  return app.get(Database).transaction((tx) => app.get(GuaranteeRecords).recordMovement(tx, movement))
}

describe('means', () => {
  it('are declared by the own delegate, for this year, once for each form', async () => {
    const requestKey = randomUUID()
    const many = await Promise.all(Array.from({ length: 10 }, () => declare(1, 8_000_000n, { requestKey })))
    expect(many.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(new Set(many.map(({ id }) => id)).size).toBe(1)
    expect(await outcome(declare(1, 9_000_000n, { requestKey }))).toBe('means.requestKeyReused')
    expect(await outcome(declare(1, 1n, { memberId: delegates[2]!.memberId }))).toBe('means.notYourMember')
    expect(await outcome(declare(1, 1n, { year: 2020 }))).toBe('means.otherYear')
    expect(await outcome(declare(1, null))).toBe('means.nothingDeclared')
    expect(await count('guarantee_means')).toBe(1)
  })

  it('are corrected by a newer declaration, and stay out of the audit log', async () => {
    await declare(1, 12_345_678n)
    await declare(1, 4_000_000n, { remark: 'Zonder het gebouw.' })
    await declare(2, null, { incomeCents: 160_000_000n })
    const last = await app.get(MeansDeclarations).lastOf(2019)
    expect(last.get(delegates[1]!.memberId)).toMatchObject({ equityCents: 4_000_000n })
    expect(await count(`audit_log WHERE action = 'means.declared'`)).toBe(4)
    expect(await count(`audit_log WHERE details::text ~ '12345678|4000000|160000000|gebouw'`)).toBe(0)
  })

  it('come to a proposal with what was pledged by who declared nothing', async () => {
    await record(0, 'accepted', 2_000_000n, '2019-01-02')
    const { proposal, requiredCents, members } = (await app.get(ShareProposals).of(2019))!
    expect(requiredCents).toBe(10_000_000n)
    expect(members).toHaveLength(MEMBERS)
    // 8,000,000 over 4,000,000 and a tenth of 160,000,000; a quarter of either bounds it.
    expect(proposal!.shares.map(({ shareCents }) => shareCents)).toEqual([1_000_000n, 4_000_000n])
    expect(proposal).toMatchObject({ undeclaredPledgedCents: 2_000_000n, openCents: 3_000_000n })
    expect(await app.get(ShareProposals).of(2018)).toBeNull()
    expect(await app.get(ShareProposals).of(2020)).toBeNull()
  })

  it('are asked for in January, each person once, of who declared nothing', async () => {
    const reminders = app.get(MeansReminders)
    const written = () => count(`notices WHERE template = 'guarantees/means-reminder'`)
    expect(await reminders.remind('2019-01-31')).toBe(MEMBERS - 2)
    await Promise.all(['2019-01-30', '2019-01-31'].map((day) => reminders.remind(day)))
    expect(await written()).toBe(MEMBERS - 2)
    expect(await reminders.remind('2019-02-01')).toBe(0)
    expect(await reminders.remind('2018-01-10')).toBe(0)
    expect(await written()).toBe(MEMBERS - 2)
    expect(await reminders.remind('2020-01-10')).toBe(MEMBERS)
  })
})

describe('a certificate', () => {
  const issue = (visitor: Visitor, index: number, day: string) =>
    app.get(GuaranteeCertificates).issue(visitor, { memberId: delegates[index]!.memberId, day })
  const check = (code: string) => app.get(GuaranteeCertificates).check(code)

  it('is issued to the own member or by staff, until today, and once for what it says', async () => {
    await at('2019-05-01T10:00:00+02:00')
    await record(3, 'accepted', 600_000n, '2019-03-01')
    await record(3, 'paidIn', 200_000n, '2019-04-01')
    const { visitor } = delegates[3]!
    const ids = await Promise.all([visitor, controller, visitor].map((who) => issue(who, 3, '2019-04-30')))
    expect(new Set(ids).size).toBe(1)
    expect(await outcome(issue(delegates[1]!.visitor, 3, '2019-04-30'))).toBe('certificate.notYourMember')
    expect(await outcome(issue(visitor, 3, '2019-05-02'))).toBe('certificate.noDay')
    expect(await outcome(issue(visitor, 3, 'morgen'))).toBe('certificate.noDay')
    expect(await outcome(issue(visitor, 3, '2019-02-28'))).toBe('certificate.nothing')
    const { content, code } = (await app.get(GuaranteeCertificates).find(ids[0]!))!
    expect(content).toMatchObject({
      member: { number: 4, name: 'Lid 4' },
      balance: { acceptedCents: 600_000n, paidInCents: 200_000n, calledCents: 0n },
      subsidyYear: 2019,
    })
    expect(content!.movements.map(({ type, document }) => [type, document])).toEqual([
      ['accepted', 'Akte 4'],
      ['paidIn', 'Akte 4'],
    ])
    expect((await check(code.toUpperCase()))!.standing).toBe('holds')
    expect(await check('0000000000000000')).toBeNull()
  })

  it('is the same PDF for ever, with its text inside', async () => {
    const [certificate] = await app.get(GuaranteeCertificates).shownTo(controller)
    const paper = app.get(CertificatePaper)
    const [first, second] = [await paper.make(certificate!), await paper.make(certificate!)]
    expect(first!.subarray(0, 5).toString()).toBe('%PDF-')
    expect(first!.equals(second!)).toBe(true)
  })

  it('says when the guarantee changed since, and when its day was corrected', async () => {
    const { visitor } = delegates[3]!
    const certificates = app.get(GuaranteeCertificates)
    const code = (await certificates.find(await issue(visitor, 3, '2019-04-30')))!.code
    await record(3, 'increased', 100_000n, '2019-05-01')
    expect((await check(code))!.standing).toBe('changed')
    await record(3, 'increased', 100_000n, '2019-04-15')
    expect((await check(code))!.standing).toBe('corrected')
    expect(await issue(visitor, 3, '2019-04-30')).not.toBe((await check(code))!.certificate.id)
  })

  it('is nobody else’s to read', async () => {
    const shown = (index: number) => app.get(GuaranteeCertificates).shownTo(delegates[index]!.visitor)
    expect(await shown(3)).toHaveLength(2)
    expect(await shown(1)).toEqual([])
  })
})

describe('the statement of a year', () => {
  const statements = () => app.get(YearStatements)

  it('goes to every holder once, however often and by how many it is made', async () => {
    await at('2020-01-02T06:00:00+01:00')
    const made = await Promise.all(Array.from({ length: 4 }, () => statements().makeDue('2020-01-02')))
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(2)
    expect(await statements().makeDue('2020-03-01')).toBe(0)
    expect(await count(`notices WHERE template = 'guarantees/year-statement'`)).toBe(2)
    const [own] = await statements().read({ memberIds: [delegates[3]!.memberId] })
    expect(own!.content).toMatchObject({
      year: 2019,
      opening: { acceptedCents: 0n },
      closing: { acceptedCents: 800_000n, paidInCents: 200_000n },
    })
    expect(own!.content!.movements).toHaveLength(4)
    const certificate = await app.get(GuaranteeCertificates).find(own!.certificateId!)
    expect(certificate).toMatchObject({ onDay: '2019-12-31', issuedBy: null })
  })

  it('keeps what it said when the register is corrected later', async () => {
    await record(3, 'released', 800_000n, '2020-01-02')
    await at('2021-01-02T06:00:00+01:00')
    expect(await statements().makeDue('2021-01-02')).toBe(2)
    const read = await statements().read({ memberIds: [delegates[3]!.memberId] })
    expect(read.map(({ year, content }) => [year, content!.closing.acceptedCents])).toEqual([
      [2020, 0n],
      [2019, 800_000n],
    ])
    expect(await statements().years()).toEqual([2020, 2019])
    await at('2022-01-02T06:00:00+01:00')
    // What was paid in is still there; the guarantee itself is gone.
    expect(await statements().makeDue('2022-01-02')).toBe(2)
  })
})

describe('the file of a member', () => {
  it('has what it declared and the certificates it got', async () => {
    const subject = { memberId: delegates[1]!.memberId, personIds: [] }
    const sections = await Promise.all(app.get(PersonalData).sources.map((source) => source.fileOf(subject)))
    const means = sections.flat().find(({ key }) => key === 'guarantees.dossier.means')
    expect(means!.rows).toHaveLength(3)
    expect(means!.rows[0]).toMatchObject({ year: 2019, equity: { cents: 8_000_000n }, income: null })
  })

  it('loses what it declared with its people, once it left', async () => {
    const { memberId, visitor } = delegates[1]!
    const erase = () => database.application.query('SELECT erase_guarantee_means($1)', [memberId])
    await expect(erase()).rejects.toMatchObject({ code: '23001' })
    await database.owner.query(
      `INSERT INTO member_erasures (member_id, erased_at, erased_by, people, with_organisation)
       VALUES ($1, now(), $2, 1, false)`,
      [memberId, visitor.personId],
    )
    await erase()
    await erase()
    const left = `guarantee_means WHERE member_id = $1 AND (NOT erased OR equity_cents IS NOT NULL OR remark <> '')`
    expect(await count(left, [memberId])).toBe(0)
    expect((await app.get(MeansDeclarations).lastOf(2019)).has(memberId)).toBe(false)
  })

  it('leaves of a certificate that names who was erased only that it was issued', async () => {
    const [certificate] = await app.get(GuaranteeCertificates).shownTo(delegates[3]!.visitor)
    await database.owner.query(`SELECT erase_texts(ARRAY['Lid 4'])`)
    const found = await app.get(GuaranteeCertificates).check(certificate!.code)
    expect(found).toMatchObject({
      standing: null,
      certificate: { content: null, sha256: certificate!.sha256 },
    })
    expect(await app.get(CertificatePaper).make(found!.certificate)).toBeNull()
    const stated = await app.get(YearStatements).read({ memberIds: [delegates[3]!.memberId] })
    expect(stated.every(({ content }) => content === null)).toBe(true)
  })
})
