import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Accountability, Reports, Reviewing, type SubmitOutcome, Submitting } from '#accountability'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Clock, sha256Hex, type Visitor } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'

const AREA = 'oost'
const Q4 = { area: AREA, quarter: '2019-Q4' }

let test: TestApp
let submitting: Submitting
let reviewing: Reviewing
let reports: Reports
let treasurer: Visitor
let coordinator: Visitor
let serviceTeam: Visitor
let controller: Visitor
let delegate: Visitor

beforeAll(async () => {
  test = await startTestApp()
  submitting = test.app.get(Submitting, { strict: false })
  reviewing = test.app.get(Reviewing, { strict: false })
  reports = test.app.get(Reports, { strict: false })
  treasurer = await visitor('penningmeester')
  coordinator = await visitor('coordinator')
  serviceTeam = await visitor('serviceteam')
  controller = await visitor('controller')
  delegate = await visitor('lid-5')
})

afterAll(() => test?.stop())

/** The tables are append-only, also for the owner: to begin anew the guard steps aside, in this file's own database. */
beforeEach(async () => {
  await test.database.owner.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = 'replica'`)
    await tx.query(`DELETE FROM report_reviews WHERE version_id IN (SELECT v.id FROM report_versions v
      JOIN quarterly_reports r ON r.id = v.report_id WHERE r.quarter = '2019-Q4')`)
    await tx.query(
      `DELETE FROM report_versions WHERE report_id IN (SELECT id FROM quarterly_reports WHERE quarter = '2019-Q4')`,
    )
    await tx.query(`DELETE FROM quarterly_reports WHERE quarter = '2019-Q4'`)
    await tx.query(`DELETE FROM notice_deliveries`)
    await tx.query(`DELETE FROM notices`)
  })
})

async function visitor(who: string): Promise<Visitor> {
  const people = test.app.get(People, { strict: false })
  const person = await people.withAddress(`${who}@example.org`)
  return (await people.visitor(person!.id))!
}

async function complete(): Promise<Record<string, string>> {
  const report = await reports.find(Q4)
  const { lines } = report!.template
  return {
    'narrative.wentWell': 'Goed.',
    'narrative.wentLess': 'Minder.',
    'narrative.why': 'Daarom.',
    ...Object.fromEntries(
      lines.flatMap(({ id }) => [
        [`lines.${id}.actual`, '1.000'],
        [`lines.${id}.forecast`, '1.000'],
      ]),
    ),
    ...Object.fromEntries(lines.map(({ id }) => [`lines.${id}.explanation`, 'Minder nodig.'])),
    'indicators.deelnemers.value': '615',
    'indicators.vrijwilligers.value': '83',
    'indicators.initiatieven.value': '12/14',
    'indicators.eigen-middelen.value': '5,3',
    'indicators.waardering.value': '7,8',
  }
}

const draftNow = async () => (await reports.find(Q4))!.record?.draft
const versionsNow = async () => (await reports.find(Q4))!.record?.versions ?? []

async function submitted(
  fields?: Record<string, string>,
): Promise<Extract<SubmitOutcome, { outcome: 'submitted' }>> {
  const revision = (await draftNow())?.revision ?? 0
  const result = await submitting.submit(treasurer, Q4, { fields: fields ?? (await complete()), revision })
  if (result.outcome !== 'submitted') throw new Error(JSON.stringify(result, null, 2))
  return result
}

async function brokenRule(act: Promise<unknown>): Promise<string> {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof RuleViolated)) throw new Error(`No rule was broken: ${error}`)
  return error.violations[0]!.code
}

const noticesNow = async (): Promise<string[]> => {
  const rows: { line: string }[] = await test.database.owner.query(
    `SELECT template || ' → ' || to_address AS line FROM notices ORDER BY 1`,
  )
  return rows.map(({ line }) => line)
}

describe('a draft', () => {
  it('is kept exactly as typed, also figures that are none', async () => {
    await submitting.saveDraft(treasurer, Q4, { fields: { 'lines.personeel.actual': ' 12,x ' }, revision: 0 })
    expect((await draftNow())?.typed['lines.personeel.actual']).toBe(' 12,x ')
    expect((await reports.find(Q4))!.status).toBe('draft')
  })

  it('of which somebody missed a revision is not overwritten: both texts come back', async () => {
    await submitting.saveDraft(treasurer, Q4, {
      fields: { 'narrative.why': 'van de penningmeester' },
      revision: 0,
    })
    const second = await submitting.saveDraft(coordinator, Q4, {
      fields: { 'narrative.why': 'van de coördinator' },
      revision: 0,
    })
    expect(second).toMatchObject({
      outcome: 'stale',
      typed: { 'narrative.why': 'van de coördinator' },
      stored: { typed: { 'narrative.why': 'van de penningmeester' }, revision: 1 },
    })
    expect((await draftNow())?.typed['narrative.why']).toBe('van de penningmeester')
  })

  it('saved at once by two people keeps one text and gives the other one back', async () => {
    const outcomes = await Promise.all(
      [treasurer, coordinator].map((by) =>
        submitting.saveDraft(by, Q4, { fields: { 'narrative.why': by.name }, revision: 0 }),
      ),
    )
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['saved', 'stale'])
    expect((await draftNow())?.revision).toBe(1)
  })

  it('saved twice is one revision', async () => {
    const sent = { fields: { 'narrative.why': 'hetzelfde' }, revision: 0 }
    const outcomes = [
      await submitting.saveDraft(treasurer, Q4, sent),
      await submitting.saveDraft(treasurer, Q4, sent),
    ]
    expect(outcomes).toEqual([
      { outcome: 'saved', revision: 1 },
      { outcome: 'saved', revision: 1 },
    ])
  })

  it('stays closed while the report is with the serviceteam', async () => {
    await submitted()
    const late = await submitting.saveDraft(coordinator, Q4, {
      fields: { 'narrative.why': 'te laat' },
      revision: 1,
    })
    expect(late).toMatchObject({ outcome: 'closed', typed: { 'narrative.why': 'te laat' } })
    expect((await draftNow())?.typed['narrative.why']).toBe('Daarom.')
  })

  it('is nobody else’s to write', async () => {
    for (const by of [serviceTeam, controller, delegate]) {
      await expect(submitting.saveDraft(by, Q4, { fields: {}, revision: 0 })).rejects.toMatchObject({
        status: 403,
      })
    }
  })
})

describe('submitting', () => {
  it('refuses what is wrong and keeps the draft as typed', async () => {
    const fields = { ...(await complete()), 'lines.personeel.actual': '12,x' }
    const result = await submitting.submit(treasurer, Q4, { fields, revision: 0 })
    expect(result).toMatchObject({
      outcome: 'invalid',
      revision: 1,
      violations: [{ code: 'report.amountMalformed', path: 'lines.personeel.actual' }],
    })
    expect(await versionsNow()).toEqual([])
    expect((await draftNow())?.typed['lines.personeel.actual']).toBe('12,x')
  })

  it('makes a version with the hash of its text, and tells submitter, coordinator and serviceteam', async () => {
    await submitted()
    const [version] = await versionsNow()
    expect(version!.sha256).toBe(sha256Hex(version!.content))
    expect(JSON.parse(version!.content)).toMatchObject({
      quarter: '2019-Q4',
      totals: { actualCents: '1000000' },
    })
    expect(await noticesNow()).toEqual([
      'accountability/report-submitted → coordinator@example.org',
      'accountability/report-submitted → penningmeester@example.org',
      'accountability/report-submitted → serviceteam@example.org',
    ])
  })

  it('twenty times at once makes one version', async () => {
    const fields = await complete()
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => submitting.submit(treasurer, Q4, { fields, revision: 0 })),
    )
    expect(outcomes.filter((result) => result.outcome === 'submitted' && !result.repeated)).toHaveLength(1)
    expect(outcomes.every((result) => result.outcome === 'submitted' && result.version === 1)).toBe(true)
    expect(await versionsNow()).toHaveLength(1)
    expect(await noticesNow()).toHaveLength(3)
  })

  it('by two people with other texts makes one version; the second sees what happened', async () => {
    const fields = await complete()
    const outcomes = await Promise.all(
      [treasurer, coordinator].map((by) =>
        submitting.submit(by, Q4, { fields: { ...fields, 'narrative.why': by.name }, revision: 0 }),
      ),
    )
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['closed', 'submitted'])
    expect(await versionsNow()).toHaveLength(1)
  })

  it('late by a tab that was left open, after the report came back, does not submit again', async () => {
    const fields = await complete()
    await submitting.submit(treasurer, Q4, { fields, revision: 0 })
    await reviewing.review(serviceTeam, Q4, 1, { verdict: 'returned', reason: 'Licht toe.' })
    expect(await submitting.submit(treasurer, Q4, { fields, revision: 0 })).toEqual({
      outcome: 'submitted',
      version: 1,
      repeated: true,
    })
    expect((await reports.find(Q4))!.status).toBe('returned')
  })

  it('is not possible on the last day of the quarter, nor before it begins', async () => {
    const clock = test.app.get(Clock)
    const fields = await complete()
    const now = clock.now()
    try {
      await clock.moveTo(new Date('2019-12-31T23:30:00+01:00'))
      const early = await submitting.submit(treasurer, Q4, { fields, revision: 0 })
      expect(early).toMatchObject({ outcome: 'invalid', violations: [{ code: 'report.quarterNotEnded' }] })
      await clock.moveTo(new Date('2019-09-30T12:00:00+02:00'))
      expect(await brokenRule(submitting.saveDraft(treasurer, Q4, { fields, revision: 1 }))).toBe(
        'report.quarterNotBegun',
      )
    } finally {
      await clock.moveTo(now)
    }
  })

  it('of a quarter outside the agreement is not there', async () => {
    await expect(
      submitting.submit(treasurer, { ...Q4, quarter: '2020-Q1' }, { fields: {}, revision: 0 }),
    ).rejects.toMatchObject({
      status: 404,
    })
  })
})

describe('reviewing', () => {
  it('returns with a reason; the draft opens as it was; version 2 is approved and the history shows both', async () => {
    await submitted()
    await reviewing.review(serviceTeam, Q4, 1, { verdict: 'returned', reason: 'Licht de huisvesting toe.' })
    expect((await reports.find(Q4))!.status).toBe('returned')
    expect((await draftNow())?.typed['narrative.why']).toBe('Daarom.')
    await submitted({ ...(await complete()), 'narrative.why': 'Daarom, en nu toegelicht.' })
    await reviewing.review(serviceTeam, Q4, 2, { verdict: 'approved', reason: '' })
    const history = (await versionsNow()).map(({ number, review }) => [
      number,
      review?.verdict,
      review?.reason,
    ])
    expect(history).toEqual([
      [2, 'approved', ''],
      [1, 'returned', 'Licht de huisvesting toe.'],
    ])
    expect(await noticesNow()).toContain('accountability/report-returned → penningmeester@example.org')
    expect(await noticesNow()).toContain('accountability/report-approved → coordinator@example.org')
  })

  it('the same again is submitted anew when somebody asks for it', async () => {
    await submitted()
    await reviewing.review(serviceTeam, Q4, 1, { verdict: 'returned', reason: 'Vergissing van ons.' })
    expect(await submitted()).toMatchObject({ version: 2, repeated: false })
  })

  it('needs a reason to return', async () => {
    await submitted()
    expect(
      await brokenRule(reviewing.review(serviceTeam, Q4, 1, { verdict: 'returned', reason: ' \n ' })),
    ).toBe('report.reasonMissing')
  })

  it('by two at once gives one verdict, and the second is told', async () => {
    await submitted()
    const colleague = Object.assign(Object.create(Object.getPrototypeOf(serviceTeam)), serviceTeam, {
      personId: controller.personId,
    })
    const outcomes = await Promise.allSettled([
      reviewing.review(serviceTeam, Q4, 1, { verdict: 'approved', reason: '' }),
      reviewing.review(colleague, Q4, 1, { verdict: 'returned', reason: 'Nog niet.' }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find((one) => one.status === 'rejected')!
    expect(await brokenRule(Promise.reject(refused.reason))).toBe('report.alreadyReviewed')
    const rows = await test.database.owner.query(`SELECT count(*)::int AS n FROM report_reviews w
      JOIN report_versions v ON v.id = w.version_id JOIN quarterly_reports r ON r.id = v.report_id WHERE r.quarter = '2019-Q4'`)
    expect(rows[0].n).toBe(1)
  })

  it('twice the same by the same person is one verdict and one notice each', async () => {
    await submitted()
    const approve = () => reviewing.review(serviceTeam, Q4, 1, { verdict: 'approved', reason: '' })
    expect([await approve(), await approve()]).toEqual([{ repeated: false }, { repeated: true }])
    expect((await noticesNow()).filter((line) => line.includes('approved'))).toHaveLength(2)
  })

  it('is not for who submitted it', async () => {
    await submitted()
    const both = Object.assign(Object.create(Object.getPrototypeOf(treasurer)), treasurer, {
      roles: [...treasurer.roles, { role: 'serviceTeam', scopeId: null }],
    })
    expect(await brokenRule(reviewing.review(both, Q4, 1, { verdict: 'approved', reason: '' }))).toBe(
      'report.ownReview',
    )
    await expect(
      reviewing.review(controller, Q4, 1, { verdict: 'approved', reason: '' }),
    ).rejects.toMatchObject({ status: 403 })
  })
})

describe('the database', () => {
  it.each([
    [`UPDATE report_versions SET content = '{}'`],
    ['DELETE FROM report_versions'],
    [`UPDATE report_reviews SET verdict = 'approved'`],
    ['DELETE FROM report_reviews'],
    [`UPDATE agreement_versions SET terms = '{}'`],
  ])('refuses the application: %s', async (statement) => {
    await expect(test.database.application.query(statement)).rejects.toThrow(/permission denied/)
    await expect(test.database.owner.query(statement)).rejects.toThrow(/append-only/)
  })

  it('refuses a version whose hash is not of its text', async () => {
    await submitted()
    await expect(
      test.database.application.query(
        `INSERT INTO report_versions (id, report_id, number, content, sha256, submitted_at, submitted_by)
         SELECT gen_random_uuid(), report_id, number + 1, '{}', sha256, now(), submitted_by FROM report_versions LIMIT 1`,
      ),
    ).rejects.toMatchObject({ driverError: { constraint: 'report_versions_sha256' } })
  })
})

describe('the start page', () => {
  const keys = async (who: Visitor) =>
    (await test.app.get(Accountability, { strict: false }).tasksFor(who)).map(({ key, href, dueOn }) => [
      key,
      href,
      dueOn,
    ])

  it('tells who has to do what', async () => {
    const path = '/verantwoording/oost/2019-Q4'
    const dueOn = (await reports.find(Q4))!.dueOn
    expect(await keys(treasurer)).toEqual([['accountability.tasks.due', `${path}/invullen`, dueOn]])
    expect(await keys(serviceTeam)).toEqual([])
    await submitted()
    expect(await keys(treasurer)).toEqual([])
    expect(await keys(serviceTeam)).toEqual([['accountability.tasks.review', path, null]])
    await reviewing.review(serviceTeam, Q4, 1, { verdict: 'returned', reason: 'Nog niet.' })
    expect(await keys(coordinator)).toEqual([['accountability.tasks.returned', path, null]])
    expect(await keys(delegate)).toEqual([])
  })

  it('tells what happened; a reader does not hear of what went back', async () => {
    await submitted()
    await reviewing.review(serviceTeam, Q4, 1, { verdict: 'returned', reason: 'Nog niet.' })
    const service = test.app.get(Accountability, { strict: false })
    const latest = async (who: Visitor) => (await service.happeningsFor(who))[0]!.key
    expect(await latest(treasurer)).toBe('accountability.happenings.returned')
    expect(await latest(delegate)).toBe('accountability.happenings.submitted')
  })
})
