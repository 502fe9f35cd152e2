import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { ChangeDecisions, MemberChanges, Objections, Proposing } from '#member-changes'
import { Members } from '#members'
import { Clock, Database, Visitor } from '#platform'
import { domainModules } from '../../apps/domain.modules.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const OLD_IBAN = 'NL91ABNA0417164300'
const NEW_IBAN = 'NL02ABNA0123456789'
const THIRD_IBAN = 'NL20INGB0001234567'
const TODAY = '2020-02-17'

interface Organisation {
  id: string
  delegate: Visitor
  substitute: Visitor
  contact: Visitor
}

let database: TestDatabase
let app: INestApplicationContext
let serviceTeam: Visitor
const organisations: Organisation[] = []

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, domainModules)
  await app.get(Clock).moveTo(new Date(`${TODAY}T12:00:00+01:00`))
  const people = app.get(People)
  for (let number = 1; number <= 10; number++) {
    const [id, delegateId, substituteId] = await app.get(Database).transaction(async (tx) => {
      const member = await app.get(Members).admit(tx, joined(number))
      const delegates = []
      for (const name of [`lid-${number}`, `vervanger-${number}`]) {
        const personId = await people.add(tx, { name, email: `${name}@example.org` })
        await people.assign(tx, { personId, role: 'delegate', scopeId: member, from: '2019-01-01', by: null })
        delegates.push(personId)
      }
      return [member, ...delegates] as [string, string, string]
    })
    const contact = await people.withAddress(`contact-${number}@example.org`)
    organisations.push({
      id,
      delegate: (await people.visitor(delegateId))!,
      substitute: (await people.visitor(substituteId))!,
      contact: (await people.visitor(contact!.id))!,
    })
  }
  await app.get(Database).transaction(async (tx) => {
    const personId = await people.add(tx, { name: 'serviceteam', email: 'serviceteam@example.org' })
    await people.assign(tx, { personId, role: 'serviceTeam', from: '2019-01-01', by: null })
    serviceTeam = new Visitor(personId, 'serviceteam', 'serviceteam@example.org', [
      { role: 'serviceTeam', scopeId: null },
    ])
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

function joined(number: number) {
  const details = {
    legalForm: 'stichting' as const,
    street: `Voorbeeldstraat ${number}`,
    postalCode: '3500 AA',
    city: 'Utrecht',
    iban: OLD_IBAN,
    contactName: `Contact ${number}`,
    contactEmail: `contact-${number}@example.org`,
  }
  return {
    number,
    name: `Lid ${number}`,
    kind: 'supporting',
    on: '2019-01-01',
    details,
    by: null,
  } as const
}

const details = async (of: Organisation) => (await app.get(Members).details(of.id, TODAY))!
/** Fills in the form as it is shown now, with these fields typed over. */
async function filledIn(who: Visitor, of: Organisation, fields: Record<string, string>) {
  const { basedOn } = await app.get(Proposing).basis(who, of.id)
  return { stand: basedOn, verzoek: randomUUID(), reden: 'Andere bank', ...fields }
}
async function propose(who: Visitor, of: Organisation, fields: Record<string, string>): Promise<string> {
  return app.get(Proposing).propose(who, of.id, await filledIn(who, of, fields))
}
const confirm = (who: Visitor, id: string) => app.get(ChangeDecisions).confirm(who, id)
const stateOf = async (id: string) => (await app.get(MemberChanges).find(id))?.state
const mailsOf = async (id: string): Promise<string[]> => {
  const rows: { mail: string }[] = await database.owner.query(
    `SELECT split_part(template, '/', 2) || ' ' || to_address AS mail FROM notices
     WHERE model ->> 'changeId' = $1 ORDER BY written_at, mail`,
    [id],
  )
  return rows.map(({ mail }) => mail)
}

async function outcomes(attempts: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(attempts)
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'done'
      if (!(one.reason instanceof RuleViolated)) throw one.reason
      return one.reason.violations.map(({ code }) => code).join(' ')
    })
    .sort()
}

describe('what is not sensitive', () => {
  it('holds at once, with a receipt for the delegates and the contact', async () => {
    const of = organisations[0]!
    const id = await propose(of.delegate, of, { straat: 'Laan 2', contactTelefoon: '030 1234567', reden: '' })
    expect(await details(of)).toMatchObject({ street: 'Laan 2', contactPhone: '030 1234567', on: TODAY })
    expect(await stateOf(id)).toBe('carriedOut')
    expect(await mailsOf(id)).toEqual([
      'recorded contact-1@example.org',
      'recorded lid-1@example.org',
      'recorded vervanger-1@example.org',
    ])
  })

  it('can hold from a later day, and then what follows waits for that day', async () => {
    const of = organisations[0]!
    await propose(of.delegate, of, { plaats: 'Zeist', vanaf: '2020-06-01' })
    expect((await details(of)).city).toBe('Utrecht')
    expect((await app.get(Members).details(of.id, '2020-06-01'))?.city).toBe('Zeist')
    await expect(propose(of.delegate, of, { straat: 'Laan 3', vanaf: TODAY })).rejects.toThrow(
      'memberChange.laterDetails',
    )
    const iban = await propose(of.delegate, of, { iban: NEW_IBAN })
    await confirm(of.contact, iban)
    expect((await details(of)).iban).toBe(OLD_IBAN)
    expect(await app.get(Members).details(of.id, '2020-06-01')).toMatchObject({
      city: 'Zeist',
      iban: NEW_IBAN,
    })
    expect(await app.get(MemberChanges).lastIbanChange(of.id)).toMatchObject({ holdsFrom: '2020-06-01' })
  })

  it('says so when nothing differs, and when the form shows what is no longer so', async () => {
    const of = organisations[1]!
    await expect(propose(of.delegate, of, { straat: 'Voorbeeldstraat 2' })).rejects.toThrow(
      'memberChange.nothingDiffers',
    )
    const form = await filledIn(of.delegate, of, { straat: 'Laan 4' })
    await propose(of.contact, of, { contactTelefoon: '030 7654321' })
    await expect(app.get(Proposing).propose(of.delegate, of.id, form)).rejects.toThrow(
      'memberChange.changedMeanwhile',
    )
    expect(await details(of)).toMatchObject({ street: 'Voorbeeldstraat 2', contactPhone: '030 7654321' })
  })
})

describe('four eyes', () => {
  it('one form: the address at once, the account number after a second person; mails at both', async () => {
    const of = organisations[2]!
    const form = await filledIn(of.delegate, of, { iban: 'NL02 ABNA 0123 4567 89', straat: 'Laan 5' })
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => app.get(Proposing).propose(of.delegate, of.id, form)),
    )
    expect(new Set(ids).size).toBe(1)
    const [id] = ids as [string]
    expect(await app.get(MemberChanges).count({ memberIds: [of.id] })).toBe(2)
    expect(await details(of)).toMatchObject({ street: 'Laan 5', iban: OLD_IBAN })
    await expect(confirm(of.delegate, id)).rejects.toThrow('memberChange.ownProposal')
    await expect(confirm(organisations[3]!.contact, id)).rejects.toThrow('memberChange.notYours')
    expect(await app.get(MemberChanges).lastIbanChange(of.id)).toBeNull()

    await Promise.all([1, 2, 3].map(() => confirm(of.contact, id)))
    expect(await details(of)).toMatchObject({ street: 'Laan 5', iban: NEW_IBAN })
    expect(await app.get(MemberChanges).lastIbanChange(of.id)).toMatchObject({
      changeId: id,
      holdsFrom: TODAY,
      proposedBy: of.delegate.personId,
      confirmedBy: of.contact.personId,
      contested: false,
    })
    const receivers = ['contact-3@example.org', 'lid-3@example.org', 'vervanger-3@example.org']
    expect((await mailsOf(id)).sort()).toEqual(
      ['decided', 'proposed'].flatMap((notice) => receivers.map((address) => `${notice} ${address}`)),
    )
    const [stored] = await database.owner.query(
      `SELECT string_agg(model::text, '') AS text FROM notices WHERE template LIKE 'member-changes/%'`,
    )
    expect(stored.text).not.toContain('0123456789')
    expect(stored.text).not.toContain('bezwaar/')
  })

  it('two confirm at once: one of them did, the other is told', async () => {
    const of = organisations[3]!
    const id = await propose(of.delegate, of, { iban: NEW_IBAN })
    const attempts = [of.contact, of.substitute, serviceTeam].map((who) => confirm(who, id))
    expect(await outcomes(attempts)).toEqual([
      'done',
      'memberChange.alreadyCarriedOut',
      'memberChange.alreadyCarriedOut',
    ])
    const change = await app.get(MemberChanges).find(id)
    expect(change!.events.map(({ type }) => type)).toEqual(['confirmed', 'carriedOut'])
  })

  it('confirming and refusing at once: one outcome, in the register too', async () => {
    const of = organisations[3]!
    const id = await propose(of.delegate, of, { iban: THIRD_IBAN })
    const refuse = app.get(ChangeDecisions).refuse(of.substitute, id, 'Dit nummer ken ik niet.')
    const [, other] = await outcomes([confirm(of.contact, id), refuse])
    expect(other).toMatch(/already/)
    const expected = (await stateOf(id)) === 'carriedOut' ? THIRD_IBAN : NEW_IBAN
    expect((await details(of)).iban).toBe(expected)
  })

  it('two propose the same field at once: the second is told of the first', async () => {
    const of = organisations[4]!
    const forms = await Promise.all([
      filledIn(of.delegate, of, { iban: NEW_IBAN }),
      filledIn(of.contact, of, { iban: THIRD_IBAN }),
    ])
    const attempts = [of.delegate, of.contact].map((who, at) =>
      app.get(Proposing).propose(who, of.id, forms[at]!),
    )
    expect(await outcomes(attempts)).toEqual(['done', 'memberChange.alreadyPending'])
    await propose(of.delegate, of, { naam: 'Lid 5 en vrienden' })
    expect(await app.get(MemberChanges).count({ memberIds: [of.id], open: true })).toBe(2)
  })

  it('overwrites nothing that changed meanwhile', async () => {
    const of = organisations[5]!
    const id = await propose(of.delegate, of, { iban: NEW_IBAN })
    await app.get(Database).transaction(async (tx) => {
      await app
        .get(Members)
        .describe(tx, of.id, { ...(await details(of)), on: TODAY, iban: THIRD_IBAN }, null)
    })
    await expect(confirm(of.contact, id)).rejects.toThrow('memberChange.overtaken')
    expect((await details(of)).iban).toBe(THIRD_IBAN)
    await app.get(ChangeDecisions).withdraw(of.delegate, id, '')
    await app.get(ChangeDecisions).withdraw(of.delegate, id, '')
    expect(await stateOf(id)).toBe('withdrawn')
  })

  it('another contact: the old address gets notice, who becomes it does not confirm, the role follows', async () => {
    const of = organisations[6]!
    const id = await propose(of.delegate, of, {
      contactNaam: 'Vervanger 7',
      contactEmail: 'VERVANGER-7@example.org',
    })
    await expect(confirm(of.substitute, id)).rejects.toThrow('memberChange.becomesContact')
    expect(await mailsOf(id)).toContain('proposed contact-7@example.org')
    await confirm(serviceTeam, id)
    expect(await mailsOf(id)).toContain('decided contact-7@example.org')
    const people = app.get(People)
    expect((await people.visitor(of.substitute.personId))?.hasFor('contact', of.id)).toBe(true)
    expect((await people.visitor(of.contact.personId))?.hasFor('contact', of.id)).toBe(false)
  })
})

describe('“dit klopt niet”', () => {
  const keyFor = async (changeId: string, personId: string | null) => {
    const objections = app.get(Objections)
    return (await objections.read(await objections.keyOf({ changeId, personId })))!
  }

  it('blocks a proposal until the service team decides', async () => {
    const of = organisations[7]!
    const id = await propose(of.delegate, of, { iban: NEW_IBAN })
    const key = await keyFor(id, of.contact.personId)
    await Promise.all([1, 2, 3].map(() => app.get(Objections).object(key, 'Ken ik niet')))
    expect(await stateOf(id)).toBe('blocked')
    expect(await mailsOf(id)).toContain('objected serviceteam@example.org')
    await expect(confirm(of.substitute, id)).rejects.toThrow('memberChange.blocked')
    expect((await app.get(MemberChanges).tasksFor(serviceTeam)).map(({ key }) => key)).toContain(
      'member-changes.tasks.decide',
    )
    await expect(app.get(ChangeDecisions).refuse(serviceTeam, id, ' ')).rejects.toThrow(
      'memberChange.reasonMissing',
    )
    await app.get(ChangeDecisions).refuse(serviceTeam, id, 'De organisatie kent dit nummer niet.')
    expect(await stateOf(id)).toBe('refused')
    expect((await details(of)).iban).toBe(OLD_IBAN)
  })

  it('and against confirming at once: never carried out unseen', async () => {
    const of = organisations[7]!
    const id = await propose(of.delegate, of, { iban: NEW_IBAN })
    const key = await keyFor(id, null)
    const [, confirmed] = await Promise.allSettled([
      app.get(Objections).object(key, ''),
      confirm(of.contact, id),
    ])
    expect(await stateOf(id)).toBe(confirmed.status === 'fulfilled' ? 'contested' : 'blocked')
  })

  it('after it was carried out: the service team settles it, and who pays can know', async () => {
    const of = organisations[8]!
    const id = await propose(of.delegate, of, { iban: NEW_IBAN })
    await confirm(of.substitute, id)
    await app.get(Objections).object(await keyFor(id, of.contact.personId), '')
    expect(await app.get(MemberChanges).lastIbanChange(of.id)).toMatchObject({ contested: true })
    await app.get(ChangeDecisions).settle(serviceTeam, id, 'Gebeld: het klopt.')
    expect(await app.get(MemberChanges).lastIbanChange(of.id)).toMatchObject({ contested: false })
  })

  it('a link of our own making only', async () => {
    const { id } = (await app.get(MemberChanges).select({ limit: 1 }))[0]!
    const key = await app.get(Objections).keyOf({ changeId: id, personId: null })
    for (const wrong of ['', 'x', `${id}..x`, key.replace('..', `.${randomUUID()}.`)])
      expect(await app.get(Objections).read(wrong)).toBeNull()
  })
})

describe('the trail', () => {
  it('can lose its persons, and nothing else', async () => {
    const of = organisations[6]!
    const emptied = await app
      .get(Database)
      .transaction((tx) => app.get(MemberChanges).erasePersons(tx, of.id))
    expect(emptied).toBe(2)
    const changes = await app.get(MemberChanges).select({ memberIds: [of.id] })
    expect(changes.flatMap((change) => change.changes)).toEqual([
      { field: 'contactEmail', from: null, to: null, erased: true },
      { field: 'contactName', from: null, to: null, erased: true },
    ])
    expect(changes.map(({ reason }) => reason)).toEqual(['', ''])
    const again = app.get(Database).transaction((tx) => app.get(MemberChanges).erasePersons(tx, of.id))
    expect(await again).toBe(0)
  })

  it.each([
    `UPDATE member_changes SET holds_from = '2020-01-01'`,
    `UPDATE member_change_fields SET new_value = 'x', erased = true`,
    `UPDATE member_change_fields SET field = 'city', old_value = NULL, new_value = NULL, erased = true`,
    `UPDATE member_change_events SET type = 'refused'`,
    `DELETE FROM member_change_fields`,
    `TRUNCATE member_change_events`,
  ])('%s: nobody may', async (act) => {
    await expect(database.application.query(act)).rejects.toMatchObject({ code: '42501' })
    await expect(database.owner.query(act)).rejects.toMatchObject({ code: '23001' })
  })

  it('has one outcome, whatever program writes in it', async () => {
    const [row] = await database.owner.query(
      `SELECT change_id AS id FROM member_change_events WHERE type = 'carriedOut' LIMIT 1`,
    )
    const insert = database.application.query(
      `INSERT INTO member_change_events (id, change_id, type, at) VALUES ($1, $2, 'withdrawn', now())`,
      [randomUUID(), row.id],
    )
    await expect(insert).rejects.toMatchObject({
      driverError: { constraint: 'member_change_events_outcome' },
    })
  })
})
