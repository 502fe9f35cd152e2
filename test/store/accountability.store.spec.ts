import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  Accountability,
  Annexes,
  type CompleteOutcome,
  Drafting,
  Reports,
  Reviewing,
  type Section,
  type SectionVerdict,
  SigningOff,
  sections,
} from '#accountability'
import { People } from '#identity'
import { Quarter, RuleViolated } from '#kernel'
import { Clock, PERMISSIONS, type Permissions, sha256Hex, Upload, type Visitor } from '#platform'
import { startTestApp, type TestApp } from '../support/app.js'
import { samplePdf } from '../support/sample-files.js'

const AREA = 'oost'
const Q4 = { area: AREA, quarter: '2019-Q4' }
const OF_TEAM: Section[] = ['story', 'indicators', 'people', 'risks']
const OF_CONTROLLER: Section[] = ['money', 'means']

let test: TestApp
let drafting: Drafting
let signing: SigningOff
let reviewing: Reviewing
let reports: Reports
let annexes: Annexes
let treasurer: Visitor
let coordinator: Visitor
let serviceTeam: Visitor
let controller: Visitor
let teamLead: Visitor
let delegate: Visitor

beforeAll(async () => {
  test = await startTestApp()
  drafting = test.app.get(Drafting, { strict: false })
  signing = test.app.get(SigningOff, { strict: false })
  reviewing = test.app.get(Reviewing, { strict: false })
  reports = test.app.get(Reports, { strict: false })
  annexes = test.app.get(Annexes, { strict: false })
  treasurer = await visitor('penningmeester')
  coordinator = await visitor('coordinator')
  serviceTeam = await visitor('serviceteam')
  controller = await visitor('controller')
  teamLead = await visitor('teamleider')
  delegate = await visitor('lid-5')
})

afterAll(() => test?.stop())

/** The tables are append-only, also for the owner: to begin anew the guard steps aside, in this file's own database. */
beforeEach(async () => {
  await test.database.owner.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = 'replica'`)
    const mine = `report_id IN (SELECT r.id FROM quarterly_reports r JOIN agreements a ON a.id = r.agreement_id
      WHERE a.area_slug = 'oost' AND r.quarter = '2019-Q4')`
    for (const table of ['report_events', 'report_versions', 'report_fields', 'report_annexes'])
      await tx.query(`DELETE FROM ${table} WHERE ${mine}`)
    await tx.query(`DELETE FROM report_events e USING quarterly_reports r, agreements a
      WHERE r.id = e.report_id AND a.id = r.agreement_id AND a.area_slug = 'oost' AND r.quarter = '2019-Q3'
        AND e.kind = 'reopened'`)
    await tx.query(`DELETE FROM quarterly_reports r USING agreements a
      WHERE a.id = r.agreement_id AND a.area_slug = 'oost' AND r.quarter = '2019-Q4'`)
    await tx.query(`DELETE FROM notice_deliveries`)
    await tx.query(`DELETE FROM notices`)
  })
})

async function visitor(who: string): Promise<Visitor> {
  const people = test.app.get(People, { strict: false })
  const person = await people.withAddress(`${who}@example.org`)
  return (await people.visitor(person!.id))!
}

/** The same person with another id, or with other roles besides. */
function like(
  person: Visitor,
  changes: { personId?: string; roles?: { role: string; scopeId: string | null }[] },
): Visitor {
  const roles = [...person.roles, ...(changes.roles ?? [])]
  return Object.assign(Object.create(Object.getPrototypeOf(person)), person, changes, { roles })
}

async function complete(): Promise<Record<string, string>> {
  const { lines, indicators } = (await reports.find(Q4))!.template
  const value = { count: '100', unique: '5000', percentage: '99', grade: '9', nOfM: '14/14', yesNo: 'ja' }
  return {
    'narrative.wentWell': 'Goed.',
    'narrative.wentLess': 'Minder.',
    'narrative.why': 'Daarom.',
    ...Object.fromEntries(
      lines.flatMap(({ id }) => [
        [`lines.${id}.actual`, '100.000'],
        [`lines.${id}.forecast`, '100.000'],
        [`lines.${id}.explanation`, 'Anders dan begroot.'],
      ]),
    ),
    ...Object.fromEntries(
      indicators.flatMap(({ id, kind, better }) => [
        [`indicators.${id}.value`, better === 'lower' ? '0' : value[kind]],
        [`indicators.${id}.explanation`, 'Zoals gehoopt.'],
      ]),
    ),
    'advances.received': '180.000',
    'ownMeans.actual': '9.000',
    'socialReturn.actual': '9.000',
    'people.fte': '1,6',
    'people.volunteers': '83',
    'risks.text': 'Geen.',
  }
}

/** Writes texts over whatever stands there. */
async function write(by: Visitor, texts: Record<string, string>) {
  const { fields } = await drafting.current(Q4, treasurer)
  return drafting.saveFields(
    by,
    Q4,
    Object.entries(texts).map(([field, text]) => ({
      field,
      text,
      seenRevision: fields.get(field)?.revision ?? 0,
    })),
  )
}

const textOf = async (field: string) => (await drafting.current(Q4, treasurer)).fields.get(field)!.text
const statusNow = async () => (await reports.find(Q4))!.status
const versionsNow = async () => (await reports.find(Q4))!.record?.versions ?? []
const standingsNow = async () => {
  const { course } = (await reports.find(Q4))!
  return Object.fromEntries(sections.map((section) => [section, course.sections[section].standing]))
}

/** The fingerprint of what the treasurer would sign. */
const shown = async () => (await signing.toSign(treasurer, Q4)).sha256!

async function completed(texts?: Record<string, string>): Promise<void> {
  await write(coordinator, texts ?? (await complete()))
  const done = await signing.complete(coordinator, Q4)
  if (done.outcome !== 'completed') throw new Error(JSON.stringify(done, null, 2))
}

async function submitted(texts?: Record<string, string>): Promise<number> {
  await completed(texts)
  return (await signing.sign(treasurer, Q4, await shown())).version
}

const verdicts = (of: readonly Section[], verdict: SectionVerdict['verdict'] = 'approved', text = '') =>
  of.map((section) => ({ section, verdict, text }))

async function approve(version: number): Promise<void> {
  await reviewing.review(serviceTeam, Q4, version, verdicts(OF_TEAM))
  await reviewing.review(controller, Q4, version, verdicts(OF_CONTROLLER))
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
  it('begins with what is known of the quarter before, and is nobody’s until somebody writes', async () => {
    const { fields } = await drafting.current(Q4, treasurer)
    expect(fields.get('lines.personeel.actual')).toEqual({
      text: '69.700,00',
      revision: 0,
      by: null,
      at: null,
    })
    expect(fields.get('narrative.why')!.text).toBe('')
    expect(await statusNow()).toBe('empty')
  })

  it('is kept exactly as typed, also figures that are none', async () => {
    await write(treasurer, { 'lines.personeel.actual': ' 12,x ' })
    expect(await textOf('lines.personeel.actual')).toBe(' 12,x ')
    expect(await statusNow()).toBe('draft')
  })

  it('keeps what it began with, also when the quarter before is corrected afterwards', async () => {
    await write(treasurer, { 'narrative.why': 'Daarom.' })
    const rows = await test.database.owner.query(
      `SELECT revision FROM report_fields f JOIN quarterly_reports r ON r.id = f.report_id
       JOIN agreements a ON a.id = r.agreement_id
       WHERE a.area_slug = 'oost' AND r.quarter = '2019-Q4' AND field = 'lines.personeel.actual'`,
    )
    expect(rows).toEqual([{ revision: 0 }])
  })

  it('of which somebody missed a change is not overwritten: both texts come back', async () => {
    const first = { field: 'narrative.why', text: 'van de penningmeester', seenRevision: null }
    await drafting.saveFields(treasurer, Q4, [first])
    const second = await drafting.saveFields(coordinator, Q4, [{ ...first, text: 'van de coördinator' }])
    expect(second).toMatchObject({
      saved: [],
      conflicts: [
        {
          field: 'narrative.why',
          mine: 'van de coördinator',
          theirs: 'van de penningmeester',
          by: treasurer.name,
          revision: 1,
        },
      ],
    })
    expect(await textOf('narrative.why')).toBe('van de penningmeester')
    // Who saw the other text may choose the own one.
    await drafting.saveFields(coordinator, Q4, [{ ...first, text: 'van de coördinator', seenRevision: 1 }])
    expect(await textOf('narrative.why')).toBe('van de coördinator')
  })

  it('written by two people at once in other fields loses nothing', async () => {
    const fields = Object.keys(await complete())
    const at = (index: number, by: Visitor) =>
      drafting.saveFields(by, Q4, [
        { field: fields[index]!, text: `${index} ${by.name}`, seenRevision: null },
      ])
    const results = await Promise.all(
      fields.map((_, index) => at(index, index % 2 ? treasurer : coordinator)),
    )
    expect(results.flatMap(({ conflicts }) => conflicts)).toEqual([])
    const now = (await drafting.current(Q4, treasurer)).fields
    expect(fields.map((field) => now.get(field)!.text)).toEqual(
      fields.map((_, index) => `${index} ${(index % 2 ? treasurer : coordinator).name}`),
    )
  })

  it('written by two people at once in one field keeps one text and gives the other one back', async () => {
    const outcomes = await Promise.all(
      [treasurer, coordinator].map((by) =>
        drafting.saveFields(by, Q4, [{ field: 'narrative.why', text: by.name, seenRevision: null }]),
      ),
    )
    expect(outcomes.map(({ saved, conflicts }) => [saved.length, conflicts.length]).sort()).toEqual([
      [0, 1],
      [1, 0],
    ])
    const kept = outcomes.findIndex(({ saved }) => saved.length === 1)
    expect(await textOf('narrative.why')).toBe([treasurer, coordinator][kept]!.name)
  })

  it('saved twice is one revision', async () => {
    const sent = [{ field: 'narrative.why', text: 'hetzelfde', seenRevision: null }]
    const outcomes = [
      await drafting.saveFields(treasurer, Q4, sent),
      await drafting.saveFields(treasurer, Q4, sent),
    ]
    expect(outcomes.map(({ saved }) => saved[0]!.revision)).toEqual([1, 1])
  })

  it('stays closed while the report is with the reviewers; what was typed comes back', async () => {
    await submitted()
    const late = await write(coordinator, { 'narrative.why': 'te laat' })
    expect(late).toMatchObject({
      saved: [],
      closed: [{ field: 'narrative.why', mine: 'te laat', theirs: 'Daarom.' }],
    })
    expect(await textOf('narrative.why')).toBe('Daarom.')
  })

  it('is nobody else’s to write or to read', async () => {
    const gsmo = await visitor('gsmo')
    for (const by of [serviceTeam, controller, delegate, gsmo]) {
      await expect(drafting.saveFields(by, Q4, [])).rejects.toMatchObject({ status: 403 })
      await expect(drafting.current(Q4, by)).rejects.toMatchObject({ status: 403 })
    }
  })

  it('takes files, each once, and erases one that was taken out', async () => {
    const upload = new Upload('bon.pdf', samplePdf('bon'))
    await annexes.add(treasurer, Q4, [upload, upload])
    await annexes.add(treasurer, Q4, [upload])
    const [file, ...others] = await annexes.ofDraft((await reports.find(Q4))!)
    expect(others).toEqual([])
    await expect(annexes.read(delegate, (await reports.find(Q4))!, file!.id)).rejects.toMatchObject({
      status: 403,
    })
    await annexes.remove(treasurer, Q4, file!.id)
    await annexes.remove(treasurer, Q4, file!.id)
    await expect(annexes.read(treasurer, (await reports.find(Q4))!, file!.id)).rejects.toMatchObject({
      status: 404,
    })
    const kept = await test.database.owner.query('SELECT 1 FROM file_contents WHERE file_id = $1', [file!.id])
    expect(kept).toEqual([])
  })
})

describe('signing off', () => {
  const codes = (done: CompleteOutcome) =>
    done.outcome === 'refused' ? done.findings.map(({ code, path }) => [code, path]) : []

  it('names everything that is wrong at once and keeps what was typed', async () => {
    await write(coordinator, { ...(await complete()), 'lines.personeel.actual': '12,x', 'risks.text': '' })
    const done = await signing.complete(coordinator, Q4)
    expect(codes(done)).toEqual([
      ['report.amountMalformed', 'lines.personeel.actual'],
      ['report.textMissing', 'risks.text'],
    ])
    expect(await statusNow()).toBe('draft')
    expect(await textOf('lines.personeel.actual')).toBe('12,x')
  })

  it('asks for a sentence where a figure needs one', async () => {
    await write(coordinator, { ...(await complete()), 'lines.huisvesting.explanation': '' })
    expect(codes(await signing.complete(coordinator, Q4))).toEqual([
      ['report.forecastOffBudget', 'lines.huisvesting.explanation'],
    ])
  })

  it('tells the treasurer, once', async () => {
    await completed()
    expect(await signing.complete(coordinator, Q4)).toEqual({ outcome: 'completed', repeated: true })
    expect(await statusNow()).toBe('completed')
    expect(await noticesNow()).toEqual(['accountability/report-completed → penningmeester@example.org'])
  })

  it('is undone by any change, and says so', async () => {
    await completed()
    expect(await write(treasurer, { 'narrative.why': 'Daarom.' })).toMatchObject({ completionUndone: false })
    const sha256 = await shown()
    expect(await write(treasurer, { 'narrative.why': 'Toch anders.' })).toMatchObject({
      completionUndone: true,
    })
    expect(await statusNow()).toBe('draft')
    expect(await brokenRule(signing.sign(treasurer, Q4, sha256))).toBe('report.notCompleted')
    await signing.complete(coordinator, Q4)
    await annexes.add(coordinator, Q4, [new Upload('bon.pdf', samplePdf('bon'))])
    expect(await statusNow()).toBe('draft')
  })

  it('takes four eyes: who completed does not sign, and only the treasurer does', async () => {
    await write(treasurer, await complete())
    await signing.complete(treasurer, Q4)
    const sha256 = await shown()
    expect(await brokenRule(signing.sign(treasurer, Q4, sha256))).toBe('report.fourEyes')
    for (const by of [coordinator, serviceTeam, delegate])
      await expect(signing.sign(by, Q4, sha256)).rejects.toMatchObject({ status: 403 })
  })

  it('signs what was read and nothing else', async () => {
    await completed()
    expect(await brokenRule(signing.sign(treasurer, Q4, '0'.repeat(64)))).toBe('report.changedMeanwhile')
  })

  it('makes a version with the hash of its text, and tells those who signed off and those who review', async () => {
    await submitted()
    const [version] = await versionsNow()
    expect(version!.sha256).toBe(sha256Hex(version!.content))
    expect(JSON.parse(version!.content)).toMatchObject({
      quarter: '2019-Q4',
      totals: { actualCents: '100000000' },
      people: { fte: '1.6', volunteers: '83' },
    })
    expect(await noticesNow()).toEqual([
      'accountability/report-completed → penningmeester@example.org',
      'accountability/report-submitted → controller@example.org',
      'accountability/report-submitted → coordinator@example.org',
      'accountability/report-submitted → penningmeester@example.org',
      'accountability/report-submitted → serviceteam@example.org',
    ])
  })

  it('twenty times at once makes one version', async () => {
    await completed()
    const sha256 = await shown()
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => signing.sign(treasurer, Q4, sha256)))
    expect(outcomes.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(outcomes.every(({ version }) => version === 1)).toBe(true)
    expect(await versionsNow()).toHaveLength(1)
    expect((await noticesNow()).filter((line) => line.includes('submitted'))).toHaveLength(4)
  })

  it('at the same moment as a change either signs what was read, or nothing', async () => {
    await completed()
    const sha256 = await shown()
    const [signed, changed] = await Promise.allSettled([
      signing.sign(treasurer, Q4, sha256),
      write(coordinator, { 'narrative.why': 'Op het laatste moment.' }),
    ])
    const versions = await versionsNow()
    if (signed.status === 'fulfilled') {
      expect(versions.map((one) => one.sha256)).toEqual([sha256])
      expect(changed).toMatchObject({ value: { closed: [{ mine: 'Op het laatste moment.' }] } })
    } else {
      expect(versions).toEqual([])
      expect(await textOf('narrative.why')).toBe('Op het laatste moment.')
    }
  })

  it('late by a tab that was left open, after a section came back, does not submit again', async () => {
    await completed()
    const sha256 = await shown()
    await signing.sign(treasurer, Q4, sha256)
    await reviewing.review(serviceTeam, Q4, 1, verdicts(['story'], 'returned', 'Licht toe.'))
    expect(await brokenRule(signing.sign(treasurer, Q4, sha256))).toBe('report.notCompleted')
    expect(await statusNow()).toBe('returned')
    expect(await versionsNow()).toHaveLength(1)
  })

  it('is not possible on the last day of the quarter, nor before it begins', async () => {
    const clock = test.app.get(Clock)
    const now = clock.now()
    try {
      await clock.moveTo(new Date('2019-12-31T23:30:00+01:00'))
      await write(coordinator, await complete())
      expect(codes(await signing.complete(coordinator, Q4))).toEqual([['report.quarterNotEnded', '']])
      await clock.moveTo(new Date('2019-09-30T12:00:00+02:00'))
      expect(await brokenRule(write(treasurer, { 'narrative.why': 'te vroeg' }))).toBe(
        'report.quarterNotBegun',
      )
    } finally {
      await clock.moveTo(now)
    }
  })

  it('of a quarter outside the agreement, or of a contract without reports, is not there', async () => {
    for (const address of [
      { ...Q4, quarter: '2020-Q1' },
      { ...Q4, area: 'uitvoering' },
    ])
      await expect(signing.complete(treasurer, address)).rejects.toMatchObject({ status: 404 })
  })
})

describe('withdrawing', () => {
  it('keeps the version, marked, and opens the draft until somebody gives a verdict', async () => {
    await submitted()
    expect(await brokenRule(signing.withdraw(treasurer, Q4, 1, ' '))).toBe('report.reasonMissing')
    await signing.withdraw(treasurer, Q4, 1, 'Een bedrag klopt niet.')
    await signing.withdraw(treasurer, Q4, 1, 'Een bedrag klopt niet.')
    expect(await statusNow()).toBe('draft')
    expect((await reports.find(Q4))!.latest).toBeNull()
    expect(await versionsNow()).toHaveLength(1)
    expect((await noticesNow()).filter((line) => line.includes('withdrawn'))).toEqual([
      'accountability/report-withdrawn → controller@example.org',
      'accountability/report-withdrawn → serviceteam@example.org',
    ])
    expect(await submitted({ 'narrative.why': 'Beter.' })).toBe(2)
    await reviewing.review(controller, Q4, 2, verdicts(['means']))
    expect(await brokenRule(signing.withdraw(treasurer, Q4, 2, 'Toch niet.'))).toBe('report.reviewBegun')
  })

  it('of a second version leaves approved what was approved', async () => {
    await submitted()
    await approveAllBut('story')
    await submitted({ 'narrative.why': 'Beter.' })
    await signing.withdraw(treasurer, Q4, 2, 'Nog niet goed.')
    expect(await standingsNow()).toMatchObject({ story: 'returned', money: 'approved' })
    expect((await reports.find(Q4))!.latest!.number).toBe(1)
  })

  it('and a verdict at once: one of the two happens', async () => {
    await submitted()
    const outcomes = await Promise.allSettled([
      signing.withdraw(treasurer, Q4, 1, 'Een bedrag klopt niet.'),
      reviewing.review(serviceTeam, Q4, 1, verdicts(['story'])),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('is for the treasurer', async () => {
    await submitted()
    for (const by of [coordinator, serviceTeam, delegate])
      await expect(signing.withdraw(by, Q4, 1, 'Nee.')).rejects.toMatchObject({ status: 403 })
  })
})

async function approveAllBut(returned: Section, question = 'Waarom?'): Promise<void> {
  const team = OF_TEAM.filter((section) => section !== returned)
  const money = OF_CONTROLLER.filter((section) => section !== returned)
  if (team.length) await reviewing.review(serviceTeam, Q4, 1, verdicts(team))
  if (money.length) await reviewing.review(controller, Q4, 1, verdicts(money))
  const by = OF_TEAM.includes(returned) ? serviceTeam : controller
  await reviewing.review(by, Q4, 1, verdicts([returned], 'returned', question))
}

describe('reviewing', () => {
  it('opens only what came back; what was approved keeps its approval in the next version', async () => {
    await submitted()
    await approveAllBut('money', 'Licht de huisvesting toe.')
    expect(await statusNow()).toBe('returned')
    const closed = await write(coordinator, { 'narrative.why': 'Ook nog iets.' })
    expect(closed.closed).toHaveLength(1)
    await submitted({
      'lines.huisvesting.explanation': 'De huur steeg in oktober.',
      'answer.money': 'De huur steeg.',
    })
    expect(await standingsNow()).toEqual({
      story: 'approved',
      money: 'waiting',
      indicators: 'approved',
      means: 'approved',
      people: 'approved',
      risks: 'approved',
    })
    const { events, fields } = (await reports.find(Q4))!.record!
    expect(events.filter(({ kind }) => kind === 'answered')).toMatchObject([
      { text: 'De huur steeg.', sections: ['money'], by: { name: coordinator.name } },
    ])
    expect(fields.has('answer.money')).toBe(false)
    expect(await reviewing.review(controller, Q4, 2, verdicts(['money']))).toMatchObject({ closed: true })
    expect(await statusNow()).toBe('approved')
    expect(await noticesNow()).toContain('accountability/report-returned → penningmeester@example.org')
    expect(await noticesNow()).toContain('accountability/report-approved → coordinator@example.org')
  })

  it('the same again is submitted anew when somebody asks for it', async () => {
    await submitted()
    await approveAllBut('story', 'Vergissing van ons.')
    expect(await submitted({})).toBe(2)
    expect(await standingsNow()).toMatchObject({ story: 'waiting', money: 'approved' })
  })

  it('needs a question to return', async () => {
    await submitted()
    expect(
      await brokenRule(reviewing.review(serviceTeam, Q4, 1, verdicts(['story'], 'returned', ' \n '))),
    ).toBe('report.questionMissing')
    expect(await standingsNow()).toMatchObject({ story: 'waiting' })
  })

  it('by two at once gives one verdict, and the second is told', async () => {
    await submitted()
    const colleague = like(serviceTeam, { personId: teamLead.personId })
    const outcomes = await Promise.allSettled([
      reviewing.review(serviceTeam, Q4, 1, verdicts(['story'])),
      reviewing.review(colleague, Q4, 1, verdicts(['story'], 'returned', 'Nog niet.')),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find((one) => one.status === 'rejected')!
    expect(await brokenRule(Promise.reject(refused.reason))).toBe('report.alreadyReviewed')
  })

  it('twice the same by the same person is one verdict', async () => {
    await submitted()
    const give = () => reviewing.review(serviceTeam, Q4, 1, verdicts(OF_TEAM))
    expect([(await give()).repeated, (await give()).repeated]).toEqual([false, true])
    const { events } = (await reports.find(Q4))!.record!
    expect(events.filter(({ kind }) => kind === 'approved')).toHaveLength(4)
  })

  it('leaves the money to the controller and the rest to the serviceteam', async () => {
    await submitted()
    await expect(reviewing.review(serviceTeam, Q4, 1, verdicts(['money']))).rejects.toMatchObject({
      status: 403,
    })
    for (const by of [controller, teamLead, treasurer])
      await expect(reviewing.review(by, Q4, 1, verdicts(['story']))).rejects.toMatchObject({ status: 403 })
  })

  it('is not for who completed it, signed it, or acts for who reports', async () => {
    await submitted()
    const scopeId = (await reports.find(Q4))!.agreement.counterparty.id
    const also = (person: Visitor) => like(person, { roles: [{ role: 'serviceTeam', scopeId: null }] })
    const deputy = like(serviceTeam, { roles: [{ role: 'coordinator', scopeId }] })
    for (const by of [also(treasurer), also(coordinator), deputy])
      expect(await brokenRule(reviewing.review(by, Q4, 1, verdicts(['story'])))).toBe('report.ownReview')
  })

  it('never lets the contractor review what the contractor reports', async () => {
    const address = { area: 'leidsche-rijn', quarter: '2019-Q4' }
    const found = (await reports.find(address))!
    expect(found).toMatchObject({ status: 'submitted', agreement: { counterparty: { kind: 'contractor' } } })
    const contractor = like(serviceTeam, { roles: [{ role: 'contractor', scopeId: null }] })
    expect(await brokenRule(reviewing.review(contractor, address, 1, verdicts(['story'])))).toBe(
      'report.ownReview',
    )
  })

  it('of a version that was replaced or withdrawn is refused', async () => {
    await submitted()
    await signing.withdraw(treasurer, Q4, 1, 'Een bedrag klopt niet.')
    await submitted({ 'narrative.why': 'Beter.' })
    expect(await brokenRule(reviewing.review(serviceTeam, Q4, 1, verdicts(['story'])))).toBe(
      'report.versionReplaced',
    )
  })
})

describe('closing and reopening', () => {
  const Q3 = { ...Q4, quarter: '2019-Q3' }
  const reopen = (sections: Section[], reason = 'De accountant vond een fout.') =>
    reviewing.reopen(teamLead, Q3, { sections, reason })

  it('a quarter closes only after the one before it', async () => {
    await submitted()
    await reopen(['risks'])
    await approve(1)
    expect(await statusNow()).toBe('submitted')
    expect((await reports.find(Q4))!.course.closed).toBeNull()
  })

  it('and then by itself, as soon as that closes', async () => {
    await submitted()
    await reopen(['risks'])
    await approve(1)
    await drafting.saveFields(coordinator, Q3, [
      { field: 'risks.text', text: 'Beter bekeken: geen.', seenRevision: 1 },
    ])
    await signing.complete(coordinator, Q3)
    const { sha256 } = await signing.toSign(treasurer, Q3)
    await signing.sign(treasurer, Q3, sha256!)
    await reviewing.review(serviceTeam, Q3, 2, verdicts(['risks']))
    expect((await reports.find(Q3))!.status).toBe('approved')
    expect(await statusNow()).toBe('approved')
    await forgetQ3()
  })

  it('reopening opens the chosen sections, with a reason, by teamleider or board', async () => {
    expect(await brokenRule(reopen(['risks'], ' '))).toBe('report.reasonMissing')
    expect(await brokenRule(reopen([]))).toBe('report.sectionMissing')
    await expect(
      reviewing.reopen(serviceTeam, Q3, { sections: ['risks'], reason: 'Zomaar.' }),
    ).rejects.toMatchObject({ status: 403 })
    await reopen(['risks'])
    await reopen(['risks'])
    const report = (await reports.find(Q3))!
    expect(report.status).toBe('returned')
    expect(report.course.sections).toMatchObject({
      risks: { standing: 'reopened' },
      money: { standing: 'approved' },
    })
    expect(report.record!.events.filter(({ kind }) => kind === 'reopened')).toHaveLength(1)
    expect((await noticesNow()).filter((line) => line.includes('reopened'))).toHaveLength(2)
  })

  it('reopening is for what was approved', async () => {
    await submitted()
    expect(
      await brokenRule(reviewing.reopen(teamLead, Q4, { sections: ['risks'], reason: 'Te vroeg.' })),
    ).toBe('report.notApproved')
  })

  /** Takes the second version of the third quarter away again. */
  async function forgetQ3(): Promise<void> {
    await test.database.owner.transaction(async (tx) => {
      await tx.query(`SET LOCAL session_replication_role = 'replica'`)
      const q3 = `report_id = (SELECT r.id FROM quarterly_reports r JOIN agreements a ON a.id = r.agreement_id
        WHERE a.area_slug = 'oost' AND r.quarter = '2019-Q3')`
      await tx.query(
        `DELETE FROM report_events WHERE ${q3} AND (version = 2 OR version IS NULL AND number > 1)`,
      )
      await tx.query(`DELETE FROM report_versions WHERE ${q3} AND number = 2`)
    })
  }
})

describe('for who adds up', () => {
  it('gives of every report of a year the newest version that counts, with where it stands', async () => {
    await submitted()
    const year = await reports.approvedContents({ year: 2019 })
    const quarter = await reports.approvedContents({ quarter: Quarter.parse('2019-Q4') })
    expect(year.filter(({ quarter: { number } }) => number === 4)).toEqual(quarter)
    expect(quarter.find(({ agreement }) => agreement.areaSlug === AREA)).toMatchObject({
      versionNumber: 1,
      status: 'submitted',
      content: { quarter: '2019-Q4', area: { slug: AREA } },
    })
    expect(year.filter(({ status }) => status === 'approved').length).toBeGreaterThan(20)
    await signing.withdraw(treasurer, Q4, 1, 'Een bedrag klopt niet.')
    const after = await reports.approvedContents({ quarter: Quarter.parse('2019-Q4') })
    expect(after.some(({ agreement }) => agreement.areaSlug === AREA)).toBe(false)
  })

  it('tells of each standing when it came back and when it was approved', async () => {
    const standing = async () =>
      (await reports.standings())
        .find(({ agreement }) => agreement.areaSlug === AREA)!
        .quarters.find(({ quarter }) => quarter.number === 4)!
    expect(await standing()).toMatchObject({
      status: 'empty',
      latest: null,
      returnedAt: null,
      approvedAt: null,
    })
    await submitted()
    expect(await standing()).toMatchObject({ status: 'submitted', waiting: sections, latest: { number: 1 } })
    await approveAllBut('story')
    expect(await standing()).toMatchObject({ status: 'returned', returnedAt: expect.any(Date) })
  })
})

describe('the database', () => {
  it.each([
    [`UPDATE report_versions SET content = '{}'`],
    ['DELETE FROM report_versions'],
    [`UPDATE report_events SET kind = 'approved'`],
    ['DELETE FROM report_events'],
    ['TRUNCATE report_versions CASCADE'],
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
         SELECT gen_random_uuid(), report_id, number + 100, '{}', sha256, now(), submitted_by FROM report_versions LIMIT 1`,
      ),
    ).rejects.toMatchObject({ driverError: { constraint: 'report_versions_sha256' } })
  })

  it('refuses an event without what it must say', async () => {
    await submitted()
    const insert = (kind: string, sections: string, text: string) =>
      test.database.application.query(
        `INSERT INTO report_events (report_id, number, kind, version, sections, text, at, person_id)
         SELECT report_id, 1000, '${kind}', number, '${sections}', '${text}', now(), submitted_by
         FROM report_versions LIMIT 1`,
      )
    await expect(insert('returned', '{money}', ' ')).rejects.toMatchObject({
      driverError: { constraint: 'report_events_text' },
    })
    await expect(insert('approved', '{}', '')).rejects.toMatchObject({
      driverError: { constraint: 'report_events_sections' },
    })
  })
})

describe('a submitted version', () => {
  const stands = () =>
    test.database.owner.query(`SELECT v.* FROM report_versions v JOIN quarterly_reports r ON r.id = v.report_id
      JOIN agreements a ON a.id = r.agreement_id
      WHERE a.area_slug = 'oost' AND r.quarter = '2019-Q4' AND v.number = 1`)

  it('is changed by no route, whoever sends whatever', async () => {
    await submitted()
    const before = await stands()
    const everything = {
      ...Object.fromEntries(Object.keys(await complete()).map((field) => [field, 'anders'])),
      ...Object.fromEntries(sections.map((section) => [`oordeel.${section}`, 'returned'])),
      ...Object.fromEntries(sections.map((section) => [`vraag.${section}`, 'Waarom?'])),
      ...Object.fromEntries(sections.map((section) => [`deel.${section}`, 'ja'])),
      ...{ reden: 'Zomaar.', vingerafdruk: before[0].sha256 },
    }
    const routes = [...test.app.get<Permissions>(PERMISSIONS).keys()]
      .filter((route) => route.startsWith('POST /verantwoording/:gebied/:kwartaal/'))
      .map((route) => route.slice(5).replace(':gebied', AREA).replace(':kwartaal', '2019-Q4'))
    expect(routes.length).toBeGreaterThan(8)
    const people = ['serviceteam', 'controller', 'coordinator', 'penningmeester', 'teamleider', 'bestuurder']
    for (const who of [...people, 'beheer', 'gsmo', 'lid-5']) {
      const client = await test.client(who)
      for (const route of routes) {
        const path = route.replace(':nummer', '1').replace(/:[a-z]+/gi, before[0].id)
        expect((await client.post(path, everything)).status, `${path} as ${who}`).toBeLessThan(500)
      }
    }
    expect(await stands()).toEqual(before)
  })
})

describe('the start page', () => {
  const path = '/verantwoording/oost/2019-Q4'
  const keys = async (who: Visitor) =>
    (await test.app.get(Accountability, { strict: false }).tasksFor(who))
      .filter(({ href }) => href.startsWith(path))
      .map(({ key, href, dueOn }) => [key, href, dueOn])

  it('tells who has to do what', async () => {
    const dueOn = (await reports.find(Q4))!.dueOn
    expect(await keys(treasurer)).toEqual([['accountability.tasks.due', `${path}/invullen`, dueOn]])
    expect(await keys(serviceTeam)).toEqual([])
    await completed()
    expect(await keys(coordinator)).toEqual([])
    expect(await keys(treasurer)).toEqual([['accountability.tasks.sign', `${path}/ondertekenen`, dueOn]])
    await signing.sign(treasurer, Q4, await shown())
    expect(await keys(treasurer)).toEqual([])
    expect(await keys(serviceTeam)).toEqual([['accountability.tasks.review', path, null]])
    await reviewing.review(serviceTeam, Q4, 1, verdicts(OF_TEAM, 'returned', 'Nog niet.'))
    expect(await keys(serviceTeam)).toEqual([])
    expect(await keys(controller)).toEqual([['accountability.tasks.review', path, null]])
    expect(await keys(coordinator)).toEqual([['accountability.tasks.returned', path, null]])
    expect(await keys(delegate)).toEqual([])
  })

  it('tells what happened; a reader does not hear of what went back', async () => {
    await submitted()
    await reviewing.review(serviceTeam, Q4, 1, verdicts(['story'], 'returned', 'Nog niet.'))
    const service = test.app.get(Accountability, { strict: false })
    const latest = async (who: Visitor) => (await service.happeningsFor(who))[0]!.key
    expect(await latest(treasurer)).toBe('accountability.happenings.returned')
    expect(await latest(delegate)).toBe('accountability.happenings.submitted')
  })
})
