import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AgreementDrafting,
  AgreementEnding,
  AgreementProposing,
  AgreementSigning,
  Agreements,
  AgreementsDailyWork,
  AgreementsModule,
  Negotiations,
  SignedAgreements,
} from '#agreements'
import { AccountingDistrict, District, Neighbourhood } from '#areas'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { NoticesModule } from '#notices'
import { Clock, Database, type Role, sha256Bytes, sha256Hex, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { SubsidyDivisions } from '#work-plans'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { AgreementPaper } from '../../libs/agreements/agreement-paper.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let drafting: AgreementDrafting
let proposing: AgreementProposing
let signing: AgreementSigning
let negotiations: Negotiations
let districtId: string
let neighbourhoodIds: string[]
let director: Visitor
let chair: Visitor
let serviceTeam: Visitor
/** Treasurers by counterparty. */
const treasurers: { party: string; visitor: Visitor }[] = []

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const codes = (attempt: Promise<unknown>) =>
  attempt.then(
    () => ['done'],
    (error: unknown) => {
      if (error instanceof RuleViolated) return error.violations.map(({ code }) => code)
      throw error
    },
  )

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [NoticesModule, AgreementsModule])
  drafting = app.get(AgreementDrafting)
  proposing = app.get(AgreementProposing)
  signing = app.get(AgreementSigning)
  negotiations = app.get(Negotiations)
  await app.get(Clock).moveTo(new Date('2020-02-15T10:30:00+01:00'))
  await app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    const people = app.get(People)
    const person = async (role: Role, name: string, scopeId: string | null = null) => {
      const email = `${name}@example.org`
      const personId = await people.add(tx, { name, email })
      const assigned = { personId, role, from: '2019-01-01', by: null }
      await people.assign(tx, scopeId ? { ...assigned, scopeId } : assigned)
      return new Visitor(personId, name, email, [{ role, scopeId }])
    }
    director = await person('director', 'bestuurder')
    chair = await person('chair', 'voorzitter')
    serviceTeam = await person('serviceTeam', 'serviceteam')
    districtId = randomUUID()
    await tx
      .getRepository(AccountingDistrict)
      .insert({ id: districtId, slug: 'noordoost', name: 'Noordoost', weight: 1n, position: 1 })
    const wijkId = randomUUID()
    await tx
      .getRepository(District)
      .insert({ id: wijkId, number: 1, name: 'Overvecht', accountingDistrictId: districtId })
    neighbourhoodIds = Array.from({ length: 20 }, () => randomUUID())
    for (const [place, id] of neighbourhoodIds.entries())
      await tx
        .getRepository(Neighbourhood)
        .insert({ id, number: place + 1, name: `Buurt ${place + 1}`, districtId: wijkId })
    for (let number = 1; number <= 6; number++) {
      const party = randomUUID()
      await tx.query(`INSERT INTO counterparties (id, name, kind) VALUES ($1, $2, 'districtCooperative')`, [
        party,
        `Wijkcoöperatie ${number}`,
      ])
      treasurers.push({ party, visitor: await person('treasurer', `penningmeester-${number}`, party) })
    }
    await app
      .get(SubsidyDivisions)
      .proposeIn(
        tx,
        2021,
        { budgetCents: 100_000_00n, shifts: [], reason: '' },
        director.personId,
        new Date('2020-02-01T10:00:00Z'),
      )
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

interface Agreed {
  year?: string
  cents?: string
  buurt?: number
}

/** Saves the parts that a draft needs to be signed. */
async function fillIn(id: string, visitor: Visitor, { year = '2020', cents = '1.000', buurt = 0 }: Agreed) {
  const save = async (section: 'period' | 'money' | 'indicators', fields: Record<string, string>) => {
    const { id: of, party } = (await negotiations.find(id))!
    const side = party.id === visitor.roles[0]?.scopeId ? 'counterparty' : 'cooperative'
    const { revision } = (await negotiations.draftOf(of, side))!.sections[section]
    return drafting.save(id, section, fields, revision, visitor)
  }
  await save('period', {
    startsOn: `${year}-01-01`,
    endsOn: `31-12-${year}`,
    employer: 'contractor',
    'service.adults': 'ja',
    [`buurt.${neighbourhoodIds[buurt]}`]: 'ja',
  })
  await save('money', {
    ...{ wijkbudget: cents, ownMeans: '5', socialReturn: '5', explainOver: '10' },
    ...{ 'lines.0.label': 'Personeel', 'lines.0.budget': cents },
  })
  await save('indicators', {
    'indicators.0.label': 'Deelnemers',
    ...{ 'indicators.0.kind': 'unique', 'indicators.0.target': '1.200' },
    ...{ 'indicators.0.better': 'higher', 'indicators.0.due': 'quarter' },
  })
}

/** A negotiation with one proposal, offered for signature. */
async function offered(place: number, areaName: string, agreed: Agreed): Promise<string> {
  const { party, visitor } = treasurers[place]!
  const id = randomUUID()
  await drafting.begin(
    id,
    { kind: 'district', areaName, accountingDistrictId: districtId, counterparty: party },
    visitor,
  )
  await fillIn(id, visitor, agreed)
  await proposing.propose(id, 'Ons voorstel', visitor)
  await signing.offer(id, 1, serviceTeam)
  return id
}

const hashOf = async (id: string) => (await negotiations.find(id))!.offer!.sha256

describe('an agreement', () => {
  it('is signed by two people over one hash, and then stands for ever', async () => {
    const id = await offered(0, 'Overvecht Noord', { buurt: 0 })
    const { visitor } = treasurers[0]!
    const hash = await hashOf(id)
    expect(await codes(signing.sign(id, '0'.repeat(64), visitor))).toEqual(['agreement.otherText'])
    expect(await codes(signing.sign(id, hash, serviceTeam))).toEqual(['agreement.mayNotSign'])
    await signing.sign(id, hash, visitor)
    await signing.sign(id, hash, visitor)
    expect(await app.get(Agreements).byArea('overvecht-noord')).toBeNull()
    // Director and chair at once: one signature of the cooperative, one version.
    const both = await Promise.all([
      codes(signing.sign(id, hash, director)),
      codes(signing.sign(id, hash, chair)),
    ])
    expect(both.flat().filter((code) => code === 'done')).toHaveLength(1)

    const known = (await app.get(SignedAgreements).find('overvecht-noord'))!
    const [version] = known.versions
    expect(known.agreement).toMatchObject({ startsOn: '2020-01-01', endsOn: '2020-12-31', kind: 'district' })
    expect(known.agreement.versions).toHaveLength(1)
    expect(known.agreement.versions[0]).toMatchObject({ number: 1, signedOn: '2020-02-15' })
    expect(known.agreement.versions[0]!.terms.indicators[0]).toMatchObject({
      id: 'deelnemers',
      target: '1200',
    })
    expect(known.neighbourhoods.map(({ name }) => name)).toEqual(['Buurt 1'])
    expect(sha256Hex(version!.content!)).toBe(hash)
    expect(version!.signatures.map(({ side }) => side).sort()).toEqual(['cooperative', 'counterparty'])
    const pdf = (await app.get(AgreementPaper).read(known.agreement.id, 1))!
    expect(sha256Bytes(pdf)).toBe(version!.paper!.sha256)
    expect(pdf.subarray(0, 4).toString()).toBe('%PDF')
    expect(await app.get(SignedAgreements).checkFile(version!, pdf)).toBe('paper')
    expect(await app.get(SignedAgreements).checkHash(version!, hash.toUpperCase())).toBe('text')
    expect(await app.get(SignedAgreements).checkHash(version!, '1'.repeat(64))).toBe('none')
    expect(await codes(proposing.propose(id, '', visitor))).toEqual(['agreement.negotiationOver'])
  })

  it('cannot be changed by SQL as the application, nor get a version without two signatures', async () => {
    for (const table of [
      'agreement_versions',
      'agreement_signatures',
      'agreement_offers',
      'agreement_proposals',
    ])
      await expect(database.application.query(`UPDATE ${table} SET sha256 = sha256`)).rejects.toMatchObject({
        code: '42501',
      })
    const id = await offered(5, 'Halverwege', { buurt: 15 })
    await signing.sign(id, await hashOf(id), treasurers[5]!.visitor)
    const [{ id: offerId, content, sha256 }] = await query(
      'SELECT id, content, sha256 FROM agreement_offers WHERE negotiation_id = $1',
      [id],
    )
    const [{ id: agreementId }] = await query('SELECT id FROM agreements LIMIT 1')
    const insert = (text: string, hash: string) =>
      database.application.query(
        `INSERT INTO agreement_versions (id, agreement_id, number, holds_from, terms, signed_on, content, sha256, offer_id)
         VALUES (gen_random_uuid(), $1, 9, '2020-01-01', '{}', '2020-01-01', $2, $3, $4)`,
        [agreementId, text, hash, offerId],
      )
    await expect(insert(content, sha256)).rejects.toMatchObject({ code: '23001' })
    await expect(insert(`${content} `, sha256)).rejects.toMatchObject({ code: /23514|23001/ })
    await drafting.stop(id, 'Toch niet', treasurers[5]!.visitor)
    expect(await codes(signing.sign(id, sha256, director))).toEqual(['agreement.notOffered'])
  })

  it('never takes more of a year than the execution budget, also when two sign at once', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map((place) =>
        offered(place, `Gebied ${place}`, { year: '2021', cents: '40.000', buurt: place }),
      ),
    )
    for (const [place, id] of ids.entries())
      await signing.sign(id, await hashOf(id), treasurers[place + 1]!.visitor)
    const hashes = await Promise.all(ids.map(hashOf))
    const outcomes = await Promise.all(
      ids.map((id, place) => codes(signing.sign(id, hashes[place]!, director))),
    )
    expect(outcomes.flat().sort()).toEqual(['agreement.budgetExceeded', 'done', 'done'])
    const signed = (await app.get(Agreements).all()).filter(({ startsOn }) => startsOn === '2021-01-01')
    const sum = signed.reduce((total, { versions }) => total + versions[0]!.terms.wijkbudgetCents, 0n)
    expect(sum).toBe(80_000_00n)
    // What does not fit any more is named when it is offered, too.
    const late = randomUUID()
    const { party, visitor } = treasurers[4]!
    await drafting.begin(
      late,
      { kind: 'district', areaName: 'Te laat', accountingDistrictId: districtId, counterparty: party },
      visitor,
    )
    await fillIn(late, visitor, { year: '2021', cents: '20.000,01', buurt: 1 })
    await proposing.propose(late, '', visitor)
    const wrong = await codes(signing.offer(late, 1, visitor))
    expect(wrong).toContain('agreement.budgetExceeded')
  })

  it('names a buurt that belongs to another agreement', async () => {
    const { party, visitor } = treasurers[4]!
    const id = randomUUID()
    const request = { kind: 'district', accountingDistrictId: districtId, counterparty: party } as const
    await drafting.begin(id, { ...request, areaName: 'Dubbel' }, visitor)
    await fillIn(id, visitor, { buurt: 0 })
    await proposing.propose(id, '', visitor)
    expect(await codes(signing.offer(id, 1, visitor))).toEqual(['agreement.neighbourhoodTaken'])
    expect(
      await codes(drafting.begin(randomUUID(), { ...request, areaName: 'Overvecht noord' }, visitor)),
    ).toEqual(['agreement.areaTaken'])
  })
})

describe('a negotiation', () => {
  it('keeps what was typed, and never overwrites what somebody else of the same side saved', async () => {
    const { party, visitor } = treasurers[4]!
    const id = randomUUID()
    await drafting.begin(
      id,
      { kind: 'district', areaName: 'Typen', accountingDistrictId: districtId, counterparty: party },
      visitor,
    )
    await drafting.begin(
      id,
      { kind: 'district', areaName: 'Typen', accountingDistrictId: districtId, counterparty: party },
      visitor,
    )
    expect(await query('SELECT id FROM agreement_negotiations WHERE id = $1', [id])).toHaveLength(1)
    const wrong = { wijkbudget: 'twaalf', 'lines.4.label': 'Zaal' }
    expect(await drafting.save(id, 'money', wrong, 1, visitor)).toEqual({ outcome: 'saved' })
    expect(await drafting.save(id, 'money', wrong, 1, visitor)).toEqual({ outcome: 'saved' })
    const stale = await drafting.save(id, 'money', { wijkbudget: 'dertien' }, 1, visitor)
    expect(stale).toMatchObject({ outcome: 'stale', revision: 2, stored: { wijkbudget: 'twaalf' } })
    const draft = (await negotiations.draftOf(id, 'counterparty'))!
    expect(draft.typed).toMatchObject({ wijkbudget: 'twaalf', 'lines.0.label': 'Zaal', 'lines.0.id': 'zaal' })
    // Another part is in nobody's way.
    expect(await drafting.save(id, 'days', { noticeMonths: '2' }, 1, visitor)).toEqual({ outcome: 'saved' })
  })

  it('goes to and fro: a new proposal leaves an offer and its signature behind', async () => {
    const id = await offered(4, 'Heen en weer', { buurt: 10 })
    const { visitor } = treasurers[4]!
    const hash = await hashOf(id)
    await signing.sign(id, hash, visitor)
    const commentId = randomUUID()
    const remark = { id: commentId, about: 'lines.personeel', text: 'Dit is te veel.', replyTo: '' }
    await proposing.comment(id, remark, serviceTeam)
    await proposing.comment(id, remark, serviceTeam)
    expect(
      await codes(proposing.comment(id, { ...remark, id: randomUUID(), about: 'lines.x' }, serviceTeam)),
    ).toEqual(['agreement.unknownPart'])
    await proposing.comment(id, { id: randomUUID(), about: '', text: 'Waarom?', replyTo: commentId }, visitor)
    await proposing.close(id, commentId, visitor)
    const [comment] = await negotiations.comments(id)
    expect(comment).toMatchObject({ about: 'lines.personeel', answers: [{ text: 'Waarom?' }] })
    expect(comment!.closed).not.toBeNull()

    await drafting.beginDraft(id, false, serviceTeam)
    expect(await codes(proposing.propose(id, '', serviceTeam))).toEqual(['agreement.nothingChanged'])
    await fillIn(id, serviceTeam, { cents: '900', buurt: 10 })
    expect(await proposing.propose(id, 'Iets minder', serviceTeam)).toBe(2)
    expect(await proposing.propose(id, 'Iets minder', serviceTeam)).toBe(2)
    expect((await negotiations.find(id))!.state).toBe('negotiating')
    expect(await codes(signing.sign(id, hash, director))).toEqual(['agreement.notOffered'])
    expect(await codes(signing.offer(id, 1, visitor))).toEqual(['agreement.newerProposal'])
    await signing.offer(id, 2, visitor)
    const again = await hashOf(id)
    expect(again).not.toBe(hash)
    expect((await negotiations.find(id))!.turn).toEqual(['counterparty', 'cooperative'])
    const { offer } = (await negotiations.find(id))!
    await signing.withdraw(id, offer!.id, 'Nog even praten', visitor)
    await signing.withdraw(id, offer!.id, 'Nog even praten', visitor)
    expect((await negotiations.find(id))!.state).toBe('negotiating')
    await signing.offer(id, 2, visitor)
    await signing.sign(id, again, visitor)
    await signing.sign(id, again, director)
    const signed = (await app.get(Agreements).byArea('heen-en-weer'))!
    expect(signed.versions[0]!.terms.wijkbudgetCents).toBe(900_00n)
    const told = await query(`SELECT template, count(*)::int FROM notices WHERE template LIKE 'agreements/%'
      AND model->>'area' = 'Heen en weer' GROUP BY template ORDER BY template`)
    expect(told.map(({ template }: { template: string }) => template)).toEqual([
      'agreements/commented',
      'agreements/offered',
      'agreements/proposed',
      'agreements/signed',
    ])
  })

  it('is nobody’s business but that of both parties', async () => {
    const id = await offered(3, 'Besloten', { buurt: 11 })
    const other = treasurers[0]!.visitor
    await expect(proposing.propose(id, '', other)).rejects.toThrow('Not Found')
    await expect(drafting.beginDraft(id, true, other)).rejects.toThrow('Not Found')
    await expect(signing.sign(id, await hashOf(id), other)).rejects.toThrow('Not Found')
    expect(
      (await negotiations.runningFor(other)).map(({ negotiation }) => negotiation.areaName),
    ).not.toContain('Besloten')
  })
})

describe('a signed agreement', () => {
  it('is renewed with its text carried forward, and ends by notice', async () => {
    const { visitor } = treasurers[4]!
    const id = await drafting.beginChange('heen-en-weer', 'renewal', visitor)
    expect(await drafting.beginChange('heen-en-weer', 'renewal', serviceTeam)).toBe(id)
    const { typed } = (await negotiations.draftOf(id, 'counterparty'))!
    expect(typed).toMatchObject({ holdsFrom: '2021-01-01', endsOn: '2021-12-31', wijkbudget: '900,00' })
    await proposing.propose(id, '', visitor)
    await signing.offer(id, 1, visitor)
    await signing.sign(id, await hashOf(id), visitor)
    await signing.sign(id, await hashOf(id), chair)
    const renewed = (await app.get(Agreements).byArea('heen-en-weer'))!
    expect(renewed).toMatchObject({ startsOn: '2020-01-01', endsOn: '2021-12-31' })
    expect(renewed.versions.map(({ number, holdsFrom }) => [number, holdsFrom])).toEqual([
      [1, '2020-01-01'],
      [2, '2021-01-01'],
    ])

    const ending = app.get(AgreementEnding)
    expect(await codes(ending.giveNotice('heen-en-weer', 'Reden', serviceTeam))).toEqual([
      'agreement.mayNotSign',
    ])
    await ending.giveNotice('heen-en-weer', 'Wij stoppen ermee', visitor)
    await ending.giveNotice('heen-en-weer', 'Wij stoppen ermee', visitor)
    expect(await codes(ending.giveNotice('heen-en-weer', 'Ook', director))).toEqual([
      'agreement.alreadyTerminated',
    ])
    expect((await app.get(Agreements).byArea('heen-en-weer'))!.endsOn).toBe('2020-05-15')
  })

  it('says once in time that it ends', async () => {
    const daily = app.get(AgreementsDailyWork)
    expect(await daily.tellEnds('2020-02-13')).toBe(0)
    expect(await daily.tellEnds('2020-02-15')).toBe(1)
    expect(await daily.tellEnds('2020-02-16')).toBe(1)
    const told = await query(
      `SELECT to_address FROM notices WHERE template = 'agreements/ends-soon' ORDER BY 1`,
    )
    expect(told.map(({ to_address: to }: { to_address: string }) => to)).toEqual([
      'bestuurder@example.org',
      'penningmeester-5@example.org',
      'serviceteam@example.org',
      'voorzitter@example.org',
    ])
  })

  it('a new party is entered with who signs for it', async () => {
    const members = app.get(Members)
    const [one, two] = await app.get(Database).transaction(async (tx) => {
      const admit = (number: number) =>
        members.admit(tx, { number, name: `Lid ${number}`, kind: 'voting', on: '2019-01-01', by: null })
      return [await admit(1), await admit(2)]
    })
    const party = {
      ...{ name: 'Samen in Overvecht', kind: 'partnership', memberId: '', participants: [one!] },
      treasurer: { name: 'Pia', email: 'pia@example.org' },
      coordinator: { name: '', email: '' },
    }
    const begin = (counterparty: typeof party, by: Visitor) =>
      drafting.begin(
        randomUUID(),
        { kind: 'district', areaName: 'Overvecht Zuid', accountingDistrictId: districtId, counterparty },
        by,
      )
    expect(await codes(begin(party, treasurers[0]!.visitor))).toEqual(['agreement.notYourCounterparty'])
    expect(await codes(begin({ ...party, treasurer: { name: '', email: 'pia' } }, serviceTeam))).toEqual([
      'agreement.partnersNeeded',
      'agreement.emailMalformed',
      'agreement.personNameNeeded',
    ])
    await begin({ ...party, participants: [one!, two!] }, serviceTeam)
    const [holder] = await query(`SELECT p.email FROM role_assignments a JOIN people p ON p.id = a.person_id
      JOIN counterparties c ON c.id = a.scope_id WHERE c.name = 'Samen in Overvecht' AND a.role = 'treasurer'`)
    expect(holder.email).toBe('pia@example.org')
  })
})
