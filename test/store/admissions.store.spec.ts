import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  Admissions,
  AdmissionsModule,
  ApplicationRetention,
  Applying,
  Assessing,
  Criteria,
  Deciding,
  Evidence,
} from '#admissions'
import { AssembliesModule } from '#assemblies'
import { IdentityModule, People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { NoticesModule } from '#notices'
import { Clock, DailyWork, Database, Ids, Upload, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { sampleJpeg, samplePdf } from '../support/sample-files.js'

let database: TestDatabase
let app: INestApplicationContext
let applying: Applying
let assessing: Assessing
let deciding: Deciding
let evidence: Evidence
let retention: ApplicationRetention
const visitors: Record<'assessor' | 'colleague' | 'director', Visitor> = {} as never

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [NoticesModule, IdentityModule, AssembliesModule, AdmissionsModule])
  applying = app.get(Applying)
  assessing = app.get(Assessing)
  deciding = app.get(Deciding)
  evidence = app.get(Evidence)
  retention = app.get(ApplicationRetention)
  await app.get(Clock).moveTo(new Date('2020-02-15T12:00:00+01:00'))
  await app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    const criterion = {
      key: 'geen-winst',
      kind: 'supporting' as const,
      text: 'Geen winst.',
      article: 'artikel 5',
    }
    await app
      .get(Criteria)
      .record(tx, [{ ...criterion, position: 1, applies: true, holdsFrom: '2019-01-01' }], null)
    for (const [key, role] of [
      ['assessor', 'serviceTeam'],
      ['colleague', 'serviceTeam'],
      ['director', 'director'],
    ] as const) {
      const personId = await app.get(People).add(tx, { name: key, email: `${key}@example.org` })
      visitors[key] = new Visitor(personId, key, `${key}@example.org`, [{ role, scopeId: null }])
    }
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

let made = 0
/** A complete application of a new organisation that waits for assessment. */
async function submitted(email = `nieuw-${++made}@example.org`, delegateEmail = email): Promise<string> {
  const draft = {
    naam: `Organisatie ${made}`,
    rechtsvorm: 'eenmanszaak',
    kvk: '12345678',
    straat: 'Straat 1',
    postcode: '3500 AA',
    plaats: 'Utrecht',
    soort: 'supporting',
    contactNaam: 'Contact',
    contactEmail: email,
    afgevaardigdeNaam: 'Afgevaardigde',
    afgevaardigdeEmail: delegateEmail,
    'criterium.geen-winst': 'Alles gaat naar de buurt.',
    onderschrijft: 'ja',
  }
  return app.get(Database).transaction((tx) => applying.receiveOnPaper(tx, draft))
}

const met = { 'geen-winst': { finding: 'met' as const, note: '' } }
const advise = (who: Visitor, id: string) =>
  assessing.assess(who, id, { version: 1, findings: met, outcome: 'adviseAdmission', message: '' })
const ask = (who: Visitor, id: string) =>
  assessing.assess(who, id, { version: 1, findings: met, outcome: 'askedBack', message: 'Wie tekent?' })
const admitIt = (id: string) => deciding.decide(visitors.director, id, { outcome: 'admitted', reason: '' })
const refuseIt = (id: string) =>
  deciding.decide(visitors.director, id, { outcome: 'refused', reason: 'Nee.' })

async function advised(email?: string, delegateEmail?: string): Promise<string> {
  const id = await submitted(email, delegateEmail)
  await advise(visitors.assessor, id)
  return id
}

/** `done`, or the code of the rule that refused, sorted. */
async function outcomes(acts: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(acts)
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'done'
      if (one.reason instanceof RuleViolated) return one.reason.violations[0]!.code
      throw one.reason
    })
    .sort()
}

async function count(sql: string, params: unknown[] = []): Promise<number> {
  const [row] = await database.owner.query(`SELECT count(*)::int AS n FROM ${sql}`, params)
  return row.n
}

describe('starting', () => {
  it('twice with the same form is one application and one mail', async () => {
    const id = app.get(Ids).next()
    const start = () => applying.start(id, { name: 'A', email: 'start@example.org' }, 'client-1')
    expect(await Promise.all([start(), start(), start()])).toEqual([true, true, true])
    expect(await count('applications WHERE id = $1', [id])).toBe(1)
    expect(
      await count(`notices WHERE template = 'admissions/resume' AND to_address = 'start@example.org'`),
    ).toBe(1)
  })

  it('is limited per client and per address', async () => {
    const start = (email: string, client: string) =>
      applying.start(app.get(Ids).next(), { name: 'A', email }, client)
    const sameAddress = await Promise.all(
      Array.from({ length: 8 }, (_, at) => start('veel@example.org', `client-a${at}`)),
    )
    expect(sameAddress.filter(Boolean)).toHaveLength(5)
    expect(await start('veel@example.org', 'client-later')).toBe(false)
    const sameClient = await Promise.all(
      Array.from({ length: 25 }, (_, at) => start(`adres-${at}@example.org`, 'client-b')),
    )
    expect(sameClient.filter(Boolean)).toHaveLength(20)
  })
})

describe('submitting', () => {
  it('says what is missing and keeps what was typed', async () => {
    const id = app.get(Ids).next()
    await applying.start(id, { name: 'Half', email: 'half@example.org' }, 'client-2')
    const wrong = await applying.saveStep(id, 'organisatie', { naam: 'Half', kvk: '123' })
    expect(wrong.map(({ code }) => code)).toContain('admission.wrong.kvk')
    expect((await applying.find(id))?.draft.kvk).toBe('123')
    expect((await applying.submit(id)).length).toBeGreaterThan(5)
    expect(await count('application_versions WHERE application_id = $1', [id])).toBe(0)
  })

  it('again answers with the version that waits', async () => {
    const id = await submitted()
    expect(await Promise.all([applying.submit(id), applying.submit(id)])).toEqual([[], []])
    expect(await count('application_versions WHERE application_id = $1', [id])).toBe(1)
    await expect(applying.saveStep(id, 'steun', {})).rejects.toThrow('admission.notOpen')
  })

  it('gives each its own reference', async () => {
    await Promise.all([submitted(), submitted(), submitted()])
    const rows: { reference: string }[] = await database.owner.query(
      'SELECT reference FROM applications WHERE reference IS NOT NULL',
    )
    expect(new Set(rows.map(({ reference }) => reference)).size).toBe(rows.length)
    expect(rows[0]!.reference).toMatch(/^A-2020-\d{3}$/)
  })

  it('after a question needs an answer, and is a new version', async () => {
    const id = await submitted()
    await ask(visitors.assessor, id)
    expect((await applying.submit(id)).map(({ code }) => code)).toEqual(['admission.missing.antwoord'])
    expect(await applying.submit(id, 'De voorzitter.')).toEqual([])
    const { versions, state } = (await applying.find(id))!
    expect([state, versions[0]?.number, versions[0]?.content.answer]).toEqual([
      'submitted',
      2,
      'De voorzitter.',
    ])
  })
})

describe('assessing', () => {
  it('by two at once ends once; the other hears who was first', async () => {
    const id = await submitted()
    expect(await outcomes([advise(visitors.assessor, id), ask(visitors.colleague, id)])).toEqual([
      'admission.alreadyReviewed',
      'done',
    ])
    expect(
      await count(
        'application_reviews r JOIN application_versions v ON v.id = r.version_id WHERE v.application_id = $1',
        [id],
      ),
    ).toBe(1)
  })

  it('the same again changes nothing', async () => {
    const id = await submitted()
    await advise(visitors.assessor, id)
    await advise(visitors.assessor, id)
    expect(
      await count(
        'criterion_assessments c JOIN application_versions v ON v.id = c.version_id WHERE v.application_id = $1',
        [id],
      ),
    ).toBe(1)
  })
})

describe('deciding', () => {
  it('at once in two ways gives one decision, and one member at most', async () => {
    const id = await advised()
    const before = await count('members')
    expect(await outcomes([admitIt(id), refuseIt(id)])).toEqual(['admission.alreadyDecided', 'done'])
    const { decision } = (await applying.find(id))!
    expect(await count('members')).toBe(before + (decision!.outcome === 'admitted' ? 1 : 0))
  })

  it('ten times the same is one member with one delegate and one welcome', async () => {
    const id = await advised('welkom@example.org')
    const before = await count('members')
    expect(await outcomes(Array.from({ length: 10 }, () => admitIt(id)))).toEqual(Array(10).fill('done'))
    expect(await count('members')).toBe(before + 1)
    const person = await app.get(People).withAddress('welkom@example.org')
    expect(await count(`role_assignments WHERE person_id = $1 AND role = 'delegate'`, [person!.id])).toBe(1)
    expect(
      await count(`notices WHERE template = 'admissions/admitted' AND to_address = 'welkom@example.org'`),
    ).toBe(1)
  })

  it('on five organisations at once gives five numbers, and people are not doubled', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, at) => advised('dezelfde@example.org', `ander-${at}@example.org`)),
    )
    expect(await outcomes(ids.map(admitIt))).toEqual(Array(5).fill('done'))
    const members = await app.get(Members).asOf('2020-02-15')
    expect(new Set(members.map(({ number }) => number)).size).toBe(members.length)
    expect(await count(`people WHERE email = 'dezelfde@example.org'`)).toBe(1)
  })

  it('leaves nothing behind when the delegate may not act for another member', async () => {
    await admitIt(await advised('contact-een@example.org', 'bezet@example.org'))
    const before = await count('members')
    const second = await advised('contact-twee@example.org', 'bezet@example.org')
    expect(await outcomes([admitIt(second)])).toEqual(['mandate.tooManyMembers'])
    expect(await count('members')).toBe(before)
    expect(await count('admission_decisions WHERE application_id = $1', [second])).toBe(0)
  })

  it('is not for the serviceteam, nor before the advice', async () => {
    const id = await submitted()
    await expect(admitIt(id)).rejects.toThrow('admission.notAdvised')
    await advise(visitors.assessor, id)
    await expect(deciding.decide(visitors.assessor, id, { outcome: 'admitted', reason: '' })).rejects.toThrow(
      'admission.notYourDecision',
    )
    await expect(deciding.decide(visitors.director, id, { outcome: 'refused', reason: ' ' })).rejects.toThrow(
      'admission.refusalReason',
    )
  })

  it('shows who looks alike', async () => {
    const id = await submitted()
    const file = await app.get(Admissions).file(id)
    expect(file?.duplicates[0]?.reasons).toEqual(expect.arrayContaining(['chamberNumber', 'address']))
  })

  it('enters what the application says; the member then looks like the next one that says the same', async () => {
    const admitted = await advised('gegevens@example.org')
    await admitIt(admitted)
    const { memberId } = (await applying.find(admitted))!.decision!
    expect(await app.get(Members).details(memberId!, '2020-02-15')).toMatchObject({
      legalForm: 'eenmanszaak',
      chamberNumber: '12345678',
      rsin: null,
      street: 'Straat 1',
      postalCode: '3500 AA',
      city: 'Utrecht',
      contactName: 'Contact',
      contactEmail: 'gegevens@example.org',
      contactPhone: null,
    })
    const person = await app.get(People).withAddress('gegevens@example.org')
    expect(
      await count(`role_assignments WHERE role = 'contact' AND person_id = $1 AND scope_id = $2`, [
        person!.id,
        memberId,
      ]),
    ).toBe(1)
    const member = await app.get(Members).find(memberId!, '2020-02-15')
    const file = await app.get(Admissions).file(await submitted())
    const alike = file!.duplicates.find(({ href }) => href === `/leden/${member!.number}`)
    expect(alike?.reasons).toEqual(expect.arrayContaining(['chamberNumber', 'address']))
  })
})

describe('withdrawing', () => {
  it('is possible until the decision, and again changes nothing', async () => {
    const id = await submitted()
    await applying.withdraw(id)
    await applying.withdraw(id)
    expect((await applying.find(id))?.state).toBe('withdrawn')
    await expect(advise(visitors.assessor, id)).rejects.toThrow('admission.notWaiting')
    const decided = await advised()
    await admitIt(decided)
    await expect(applying.withdraw(decided)).rejects.toThrow('admission.closed')
  })
})

/** An application that was started and has nothing but its first two fields. */
async function started(): Promise<string> {
  const id = app.get(Ids).next()
  await applying.start(id, { name: 'Bewijs', email: `bewijs-${++made}@example.org` }, `client-e${made}`)
  return id
}

const add = (id: string, name: string, content: Buffer, client = `client-${id}`) =>
  evidence.add(id, [{ criterion: 'geen-winst', upload: new Upload(name, content) }], client)
const namesOf = async (id: string) => (await evidence.ofDraft(id)).map(({ name }) => name)
const isErased = async (fileId: string) => (await count('file_erasures WHERE file_id = $1', [fileId])) === 1

describe('evidence', () => {
  it('of the same content is kept once, however often and however fast it is sent', async () => {
    const id = await started()
    await Promise.all(Array.from({ length: 5 }, () => add(id, 'a.pdf', samplePdf())))
    expect(await namesOf(id)).toEqual(['a.pdf'])
    expect(await count('application_files WHERE application_id = $1', [id])).toBe(1)
  })

  it('that is wrong is named; what is good beside it is kept', async () => {
    const id = await started()
    const given = [new Upload('goed.jpg', sampleJpeg()), new Upload('fout.pdf', Buffer.from('geen'))]
    const refused = await evidence.add(
      id,
      given.map((upload) => ({ criterion: 'geen-winst', upload })),
      'client-g',
    )
    expect(refused).toMatchObject([
      { code: 'file.wrongKind', path: 'bewijs.geen-winst', params: { name: 'fout.pdf' } },
    ])
    expect(await namesOf(id)).toEqual(['goed.jpg'])
  })

  it('is five files for a criterion at most, also of ten at once', async () => {
    const id = await started()
    await Promise.all(Array.from({ length: 10 }, (_, at) => add(id, `${at}.pdf`, samplePdf(String(at)))))
    expect(await namesOf(id)).toHaveLength(5)
    expect((await add(id, 'zes.pdf', samplePdf('zes'))).map(({ code }) => code)).toEqual([
      'admission.tooManyFiles',
    ])
  })

  it('is limited per application', async () => {
    const id = await started()
    for (let at = 0; at < 100; at++) await add(id, 'a.pdf', samplePdf())
    await expect(add(id, 'b.pdf', samplePdf('b'))).rejects.toThrow('admission.tooManyUploads')
  })

  it('that is taken out before it was sent is erased', async () => {
    const id = await started()
    await add(id, 'weg.pdf', samplePdf('weg'))
    const [file] = await evidence.ofDraft(id)
    await Promise.all([evidence.remove(id, file!.id), evidence.remove(id, file!.id)])
    expect(await namesOf(id)).toEqual([])
    expect(await isErased(file!.id)).toBe(true)
    expect(await evidence.read(id, file!.id, 'applicant')).toBeNull()
  })

  it('stays with the version that carried it; the answer may bring another', async () => {
    const id = await submitted()
    await expect(add(id, 'laat.pdf', samplePdf())).rejects.toThrow('admission.notOpen')
    await ask(visitors.assessor, id)
    await add(id, 'eerste.pdf', samplePdf('een'))
    await applying.submit(id, 'Zie het bestand.')
    await assessing.assess(visitors.assessor, id, {
      version: 2,
      findings: met,
      outcome: 'askedBack',
      message: 'Een leesbare graag.',
    })
    const [first] = await evidence.ofDraft(id)
    await evidence.remove(id, first!.id)
    await add(id, 'tweede.pdf', samplePdf('twee'))
    const unsent = (await evidence.ofDraft(id))[0]!
    expect(await evidence.read(id, unsent.id, 'staff')).toBeNull()
    expect(await evidence.read(id, unsent.id, 'applicant')).not.toBeNull()
    await applying.submit(id, 'Hierbij.')
    const { versions } = (await applying.find(id))!
    const carried = versions.map(({ content }) => content.criteria[0]!.evidence!.map(({ name }) => name))
    expect(carried).toEqual([['tweede.pdf'], ['eerste.pdf'], []])
    for (const file of [first!, unsent]) {
      const read = await evidence.read(id, file.id, 'staff')
      expect(read).toMatchObject({ name: file.name, sha256: file.sha256 })
    }
    expect(await evidence.read(await submitted(), unsent.id, 'staff')).toBeNull()
  })
})

describe('what is kept no longer', () => {
  const age = (id: string, days: number) =>
    database.owner.query(
      `UPDATE applications SET saved_at = timestamptz '2020-02-15 12:00+01' - $2 * interval '1 day' WHERE id = $1`,
      [id, days],
    )

  it('is a draft that nobody touched for thirty days, with its files', async () => {
    const [old, fresh] = [await started(), await started()]
    await add(old, 'oud.pdf', samplePdf('oud'))
    const [file] = await evidence.ofDraft(old)
    await age(old, 31)
    await age(fresh, 30)
    const turns = await Promise.all([1, 2, 3].map(() => retention.removeStaleDrafts('2020-02-15')))
    expect(turns.reduce((sum, { drafts }) => sum + drafts, 0)).toBe(1)
    expect([await applying.find(old), await isErased(file!.id)]).toEqual([null, true])
    expect(await applying.find(fresh)).not.toBeNull()
    await expect(applying.saveStep(old, 'steun', {})).rejects.toThrow()
  })

  it('goes by itself, once a day or more often', async () => {
    const id = await started()
    await age(id, 31)
    await app.get(DailyWork).doAll()
    expect(await applying.find(id)).toBeNull()
  })

  it('is what a withdrawn draft held; that it was withdrawn stays', async () => {
    const id = await started()
    await applying.withdraw(id)
    await age(id, 31)
    expect((await retention.removeStaleDrafts('2020-02-15')).drafts).toBe(1)
    expect(await retention.removeStaleDrafts('2020-02-15')).toEqual({ drafts: 0, evidence: 0 })
    expect(await applying.find(id)).toMatchObject({ draft: {}, address: '', state: 'withdrawn' })
  })

  it('is the evidence of a refusal of a year ago; the decision and the reasons stay', async () => {
    const id = await submitted()
    await ask(visitors.assessor, id)
    await add(id, 'bewijs.pdf', samplePdf('bewijs'))
    await applying.submit(id, 'Hierbij.')
    await assessing.assess(visitors.assessor, id, {
      version: 2,
      findings: met,
      outcome: 'adviseRefusal',
      message: 'Te weinig.',
    })
    await refuseIt(id)
    const fileId = (await applying.find(id))!.versions[0]!.content.criteria[0]!.evidence![0]!.id
    expect(await retention.removeStaleDrafts('2021-02-14')).toMatchObject({ evidence: 0 })
    expect(await retention.removeStaleDrafts('2021-02-15')).toMatchObject({ evidence: 1 })
    expect(await retention.removeStaleDrafts('2021-02-15')).toMatchObject({ evidence: 0 })
    expect(await isErased(fileId)).toBe(true)
    const { decision, versions } = (await applying.find(id))!
    expect([decision!.reason, versions.length]).toEqual(['Nee.', 2])
    expect((await app.get(Admissions).file(id))!.kept.has(fileId)).toBe(false)
  })
})

describe('the registers', () => {
  it.each([
    'criterion_settings',
    'application_versions',
    'criterion_assessments',
    'application_reviews',
    'admission_decisions',
    'application_withdrawals',
  ])('%s can neither be changed nor emptied', async (table) => {
    await expect(database.application.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '42501' })
    await expect(database.owner.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: '23001' })
  })
})
