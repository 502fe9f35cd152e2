import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { type LegalForm, Members } from '#members'
import { Notices } from '#notices'
import { Audit, Clock, Database, Visitor } from '#platform'
import { Erasing, MemberFiles, Retention } from '#privacy'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { domainModules } from '../../apps/domain.modules.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let director: Visitor
let number = 0

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, domainModules)
  await moveTo('2020-02-17')
  await app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    const id = await app.get(People).add(tx, { name: 'Bea Bestuurder', email: 'bea@example.org' })
    await app.get(People).assign(tx, { personId: id, role: 'director', from: '2019-01-01', by: null })
    director = new Visitor(id, 'Bea Bestuurder', 'bea@example.org', [{ role: 'director', scopeId: null }])
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const moveTo = (day: string) => app.get(Clock).moveTo(new Date(`${day}T12:00:00+01:00`))
const erase = (memberId: string) => app.get(Erasing).erase(director, memberId)

async function codes(attempt: Promise<unknown>): Promise<string[]> {
  const error = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof RuleViolated)) throw error ?? new Error('Nothing was refused')
  return error.violations.map(({ code }) => code)
}

interface Leaver {
  memberId: string
  delegateId: string
  name: string
  delegate: { name: string; email: string }
  contact: { name: string; email: string; phone: string }
}

/** A member with a delegate, a contact, an application with evidence, notices, and free text about them. */
async function leaver(legalForm: LegalForm, leftOn: string | null): Promise<Leaver> {
  number += 1
  const name = `Werkplaats Zonnebloem ${'abcdefghij'[number]}`
  const delegate = { name: `Şule O'Neil-"${number}" Doğan`, email: `sule.${number}@zonnebloem.example` }
  const contact = {
    name: `Wim van der Contact${number}`,
    email: `wim${number}@zonnebloem.example`,
    phone: `+31 6 1234567${number}`,
  }
  const details = {
    ...{
      legalForm,
      chamberNumber: `1234567${number}`,
      street: `Zonnepad ${number}00`,
      city: 'Utrecht',
      postalCode: '3512 AB',
    },
    ...{
      iban: 'NL91ABNA0417164300',
      contactName: contact.name,
      contactEmail: contact.email,
      contactPhone: contact.phone,
    },
  }
  const ids = await app.get(Database).transaction(async (tx) => {
    const joined = { number, name, kind: 'voting' as const, on: '2019-01-01', details, by: null }
    const memberId = await app
      .get(Members)
      .admit(tx, { ...joined, reason: `Aangedragen door ${contact.name}` })
    const delegateId = await app.get(People).add(tx, delegate)
    await app
      .get(People)
      .assign(tx, { personId: delegateId, role: 'delegate', scopeId: memberId, from: '2019-01-01', by: null })
    for (const to of [
      { personId: delegateId, ...delegate },
      { personId: null, name: 'Bea', email: 'bea@example.org' },
    ])
      await app.get(Notices).send(tx, [
        {
          notice: 'departures/membership-changed',
          to,
          model: { text: `Gezegd:\n${delegate.name} en ${contact.email}` },
          key: `${memberId} ${to.email}`,
        },
      ])
    await app.get(Audit).record(tx, {
      ...{ actorId: delegateId, action: 'member.described', subject: { kind: 'member', id: memberId } },
      details: { was: delegate.name, list: [contact.phone, `bel ${contact.name}.`] },
    })
    if (leftOn)
      await app
        .get(Members)
        .record(
          tx,
          memberId,
          { on: leftOn, type: 'ended' },
          null,
          `Op verzoek van ${delegate.name.toUpperCase()}`,
        )
    return { memberId, delegateId }
  })
  await application(ids.memberId, { name, contact, delegate })
  await database.owner.query(
    `INSERT INTO sessions (id_hash, person_id, data, expires_at) VALUES ($1, $2, '{}', now() + interval '1 day')`,
    [randomUUID().replaceAll('-', '').padEnd(64, '0'), ids.delegateId],
  )
  return { ...ids, name, delegate, contact }
}

/** The application on which it was admitted, straight into the tables: the path there is long. */
async function application(
  memberId: string,
  who: { name: string; contact: object; delegate: object },
): Promise<void> {
  const [applicationId, versionId, fileId] = [randomUUID(), randomUUID(), randomUUID()]
  const organisation = {
    name: who.name,
    legalForm: 'stichting',
    chamberNumber: '',
    rsin: null,
    street: '',
    postalCode: '',
    city: '',
  }
  const content = JSON.stringify({
    ...{ contact: who.contact, delegate: who.delegate, organisation },
    kind: 'voting',
    criteria: [],
    neighbourhoods: [],
    intendedGuaranteeCents: '0',
    answer: `Groet, ${(who.contact as Leaver['contact']).name}`,
  })
  const { owner } = database
  await owner.query(
    `INSERT INTO applications (id, reference, address, draft, started_at, saved_at) VALUES ($1, $2, $3, $4, now(), now())`,
    [
      ...[
        applicationId,
        `A-${number}`,
        (who.contact as Leaver['contact']).email,
        JSON.stringify({ contactNaam: (who.contact as Leaver['contact']).name }),
      ],
    ],
  )
  await owner.query(
    `INSERT INTO application_versions (id, application_id, number, content, sha256, submitted_at)
     VALUES ($1, $2, 1, $3, encode(sha256(convert_to($3, 'UTF8')), 'hex'), now())`,
    [versionId, applicationId, content],
  )
  await owner.query(
    `INSERT INTO admission_decisions (application_id, version_id, outcome, reason, organ, article, member_id, intended_guarantee_cents, decided_at, decided_by)
     VALUES ($1, $2, 'admitted', '', 'director', '4', $3, 0, now(), $4)`,
    [applicationId, versionId, memberId, director.personId],
  )
  await owner.query(
    `INSERT INTO files (id, name, kind, bytes, sha256, registered_at) VALUES ($1, $2, 'pdf', 4, encode(sha256('test'), 'hex'), now())`,
    [fileId, `CV ${(who.contact as Leaver['contact']).name}.pdf`],
  )
  await owner.query(`INSERT INTO file_contents VALUES ($1, 'test')`, [fileId])
  await owner.query(
    `INSERT INTO application_files (file_id, application_id, criterion, added_at) VALUES ($1, $2, 'doel', now())`,
    [fileId, applicationId],
  )
}

/** In which columns of the whole database one of these texts stands, whatever the case. */
async function foundIn(texts: readonly string[]): Promise<string[]> {
  const columns: { table: string; column: string }[] = await database.owner.query(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
     WHERE table_schema IN ('public', 'bullmq') AND (data_type IN ('text', 'jsonb', 'json', 'character', 'bytea', 'ARRAY') OR data_type LIKE 'character%')
       AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname IN ('public', 'bullmq'))`,
  )
  const found: string[] = []
  for (const { table, column } of columns) {
    const [{ count }] = await database.owner
      .query(
        `SELECT count(*)::int FROM ${table.startsWith('bull') ? `bullmq."${table}"` : `"${table}"`} AS t
       WHERE EXISTS (SELECT FROM unnest($1::text[]) AS one WHERE position(lower(one) IN lower(t."${column}"::text)) > 0
         OR position(lower(trim(BOTH '"' FROM to_json(one)::text)) IN lower(t."${column}"::text)) > 0)`,
        [texts],
      )
      .catch(() => [{ count: 0 }])
    if (count > 0) found.push(`${table}.${column}`)
  }
  return found
}

const textsOf = ({ delegate, contact }: Leaver) => [...Object.values(delegate), ...Object.values(contact)]

describe('erasing the people of a former member', () => {
  it('leaves their names and addresses in no table; the organisation and its history stay', async () => {
    const left = await leaver('stichting', '2019-02-01')
    expect((await foundIn(textsOf(left))).length).toBeGreaterThan(8)
    expect(await erase(left.memberId)).toEqual({ repeated: false })
    expect(await foundIn(textsOf(left))).toEqual([])
    expect(await foundIn([left.name])).toContain('member_details.name')
    const [version] = await database.owner.query(
      `SELECT content FROM application_versions v JOIN admission_decisions d ON d.application_id = v.application_id WHERE d.member_id = $1`,
      [left.memberId],
    )
    expect(JSON.parse(version.content)).toMatchObject({
      organisation: { name: left.name },
      contact: { name: 'Geanonimiseerd' },
    })
    expect(
      await database.owner.query('SELECT 1 FROM sessions WHERE person_id = $1', [left.delegateId]),
    ).toEqual([])
    const [{ kept }] = await database.owner.query('SELECT count(*)::int AS kept FROM file_contents')
    expect(kept).toBe(0)
    expect((await app.get(Members).find(left.memberId, '2019-01-15'))?.status).toBe('member')
  })

  it('happens once, however often and by however many it is asked', async () => {
    const left = await leaver('vereniging', '2019-02-01')
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => erase(left.memberId)))
    expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1)
    const audited = await database.owner.query(
      `SELECT details FROM audit_log WHERE action = 'member.personsErased' AND subject_id = $1`,
      [left.memberId],
    )
    expect(audited).toEqual([{ details: { people: 2, withOrganisation: false } }])
  })

  it('says what stands in the way', async () => {
    expect(await codes(erase((await leaver('stichting', null)).memberId))).toEqual(['privacy.stillMember'])
    const recent = await leaver('stichting', '2020-01-01')
    await database.owner.query(
      `INSERT INTO guarantee_movements (id, member_id, type, cents, on_day, document, request_key, recorded_at)
       VALUES ($1, $2, 'accepted', 10000, '2019-05-01', 'TZ-1', $1, now())`,
      [randomUUID(), recent.memberId],
    )
    expect(await codes(erase(recent.memberId))).toEqual(['privacy.tooSoon', 'privacy.guarantee'])
    expect((await foundIn(textsOf(recent))).length).toBeGreaterThan(8)
  })

  it('of a sole trader takes the organisation too', async () => {
    const left = await leaver('eenmanszaak', '2019-02-01')
    await erase(left.memberId)
    expect(await foundIn([left.name, ...textsOf(left), `Zonnepad ${number}00`])).toEqual([])
    expect((await app.get(Members).find(left.memberId, '2020-02-17'))?.name).toBe(
      `Geanonimiseerd (lid ${number})`,
    )
  })

  it('keeps who acts for another member, and a name that another person has too', async () => {
    const left = await leaver('stichting', '2019-02-01')
    const other = await leaver('stichting', null)
    await app.get(Database).transaction(async (tx) => {
      const people = app.get(People)
      await people.assign(tx, {
        personId: left.delegateId,
        role: 'delegate',
        scopeId: other.memberId,
        from: '2019-06-01',
        by: null,
      })
    })
    await erase(left.memberId)
    expect(await app.get(People).withAddress(left.delegate.email)).toMatchObject({ name: left.delegate.name })
    expect(await foundIn(Object.values(left.contact))).toEqual([])
    expect((await foundIn(textsOf(other))).length).toBeGreaterThan(8)
  })

  it('can be done by the function only, and only of a former member', async () => {
    const member = await leaver('stichting', null)
    const call = (memberId: string) =>
      database.application.query('SELECT * FROM erase_member_persons($1, $2, false, $3, now())', [
        memberId,
        '2020-02-17',
        director.personId,
      ])
    await expect(call(member.memberId)).rejects.toMatchObject({ code: '23001' })
    for (const statement of [
      'UPDATE member_details SET contact_name = NULL',
      `SELECT erase_texts('{Wim}')`,
      'INSERT INTO member_erasures SELECT * FROM member_erasures',
    ])
      await expect(database.application.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    for (const statement of [
      'UPDATE member_details SET contact_name = NULL',
      'UPDATE audit_log SET action = action',
      `UPDATE notices SET template = ''`,
    ])
      await expect(database.owner.query(statement), statement).rejects.toMatchObject({ code: '23001' })
  })
})

describe('a complete file', () => {
  it('holds what every library recorded, and the mails of who acts for this member alone', async () => {
    const member = await leaver('stichting', null)
    const visitor = new Visitor(member.delegateId, member.delegate.name, member.delegate.email, [
      { role: 'delegate', scopeId: member.memberId },
    ])
    const file = await app.get(MemberFiles).of(visitor, member.memberId)
    const keys = file!.sections.map(({ key }) => key)
    for (const key of [
      'members.dossier.events',
      'members.dossier.details',
      'identity.dossier.people',
      'admissions.dossier.versions',
      'admissions.dossier.files',
      'notices.dossier.notices',
    ])
      expect(keys).toContain(key)
    for (const { columns, rows } of file!.sections)
      for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining([...columns]))
  })
})

describe('what is kept no longer', () => {
  it('goes: old requests to sign in, ended sessions, the contents of old notices; a repeat finds nothing', async () => {
    await database.owner.query(`UPDATE notice_deliveries SET sent_at = now()`)
    await database.owner.query(
      `INSERT INTO sign_in_requests (id, requested_at, expires_at) VALUES ($1, now() - interval '40 days', now() - interval '40 days'), ($2, now(), now())`,
      [randomUUID(), randomUUID()],
    )
    await database.owner.query(
      `INSERT INTO sessions (id_hash, data, expires_at) VALUES ($1, '{}', now() - interval '1 hour')`,
      ['f'.repeat(64)],
    )
    await moveTo('2022-02-16')
    expect(await app.get(Retention).letGo()).toEqual({ sessions: 1, signIns: 1, notices: 0 })
    await moveTo('2022-02-18')
    const gone = await app.get(Retention).letGo()
    expect(gone.notices).toBeGreaterThan(4)
    expect(await app.get(Retention).letGoOfAll()).toMatchObject({ sessions: 0, signIns: 0, notices: 0 })
    expect(await foundIn(['Gezegd:'])).toEqual([])
  })
})
