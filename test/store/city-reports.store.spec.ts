import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Reports } from '#accountability'
import { Assemblies, Papers } from '#assemblies'
import {
  CityReportOffering,
  CityReports,
  CityReportWriting,
  Effects,
  RollUps,
  readPeriod,
} from '#city-reports'
import { People } from '#identity'
import { Quarter, RuleViolated } from '#kernel'
import { NoticeModels } from '#notices'
import { Clock, sha256Hex, type Visitor } from '#platform'
import { CityContents } from '../../libs/city-reports/city-contents.service.js'
import { startTestApp, type TestApp } from '../support/app.js'

const Q3 = readPeriod('2019-Q3')!
const Q4 = readPeriod('2019-Q4')!
const YEAR = readPeriod('2019')!
const WELL = { 'tekst.mainLines': 'Het gaat goed.', 'tekst.decisions': 'Geen besluit.' }

let test: TestApp
let rollUps: RollUps
let reports: Reports
let cityReports: CityReports
let writing: CityReportWriting
let offering: CityReportOffering
let contents: CityContents
let teamLead: Visitor
let director: Visitor

beforeAll(async () => {
  test = await startTestApp()
  const get = <T>(token: new (...args: never[]) => T): T => test.app.get(token, { strict: false })
  rollUps = get(RollUps)
  reports = get(Reports)
  cityReports = get(CityReports)
  writing = get(CityReportWriting)
  offering = get(CityReportOffering)
  contents = get(CityContents)
  teamLead = await visitor('teamleider')
  director = await visitor('bestuurder')
})

afterAll(() => test?.stop())

async function visitor(who: string): Promise<Visitor> {
  const people = test.app.get(People, { strict: false })
  return (await people.visitor((await people.withAddress(`${who}@example.org`))!.id))!
}

async function brokenRule(act: Promise<unknown>): Promise<string> {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof RuleViolated)) throw new Error(`No rule was broken: ${error}`)
  return error.violations[0]!.code
}

const owner = (sql: string, params: unknown[] = []) => test.database.owner.query(sql, params)
const seenOf = async (period: typeof Q4) => {
  const { draft } = await cityReports.of(period)
  return { revision: draft.revision, inputs: (await contents.compose(period, draft.texts))!.inputs }
}
const save = async (period: typeof Q4, fields: object, by = teamLead) => {
  const { revision } = (await cityReports.of(period)).draft
  return writing.save(period, { fields: { ...fields }, revision }, by)
}

describe('the figures that the database reads from the reports', () => {
  it('are those of the texts, for every quarter and line', async () => {
    const found = new Map((await rollUps.money()).map((one) => [`${one.quarter} ${one.lineId}`, one]))
    const naive = new Map<string, bigint[]>()
    for (const { quarter, content } of await reports.approvedContents({ year: 2019 }))
      for (const { id, budgetCents, actualCents, forecastCents } of content.lines) {
        const sums = naive.get(`${quarter} ${id}`) ?? [0n, 0n, 0n]
        naive.set(
          `${quarter} ${id}`,
          [budgetCents, actualCents, forecastCents].map((cents, place) => sums[place]! + BigInt(cents)),
        )
      }
    expect(naive.size).toBeGreaterThan(30)
    expect(
      [...found].map(([key, one]) => [key, [one.budgetCents, one.actualCents, one.forecastCents]]),
    ).toEqual([...naive].sort(([a], [b]) => (a < b ? -1 : 1)))
  })

  it('go back to the version before when one is withdrawn, and nobody else writes them', async () => {
    const [report] = await owner(
      `SELECT v.report_id AS id, v.content, v.number, v.submitted_by AS by FROM report_versions v
       JOIN quarterly_reports r ON r.id = v.report_id WHERE r.quarter = '2019-Q1' ORDER BY v.number DESC LIMIT 1`,
    )
    const spent = async () => {
      const [{ cents }] = await owner(
        'SELECT sum(actual_cents)::bigint AS cents FROM report_figures WHERE report_id = $1',
        [report.id],
      )
      return BigInt(cents)
    }
    const before = await spent()
    const content = JSON.parse(report.content)
    content.lines[0].actualCents = String(BigInt(content.lines[0].actualCents) + 7n)
    const json = JSON.stringify(content)
    await owner(
      `INSERT INTO report_versions (id, report_id, number, content, sha256, submitted_at, submitted_by)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, now(), $5)`,
      [report.id, report.number + 1, json, sha256Hex(json), report.by],
    )
    expect(await spent()).toBe(before + 7n)
    await owner(
      `INSERT INTO report_events (report_id, number, kind, version, text, at, person_id)
       SELECT $1, max(number) + 1, 'withdrawn', $2, 'Toch niet.', now(), $3 FROM report_events WHERE report_id = $1`,
      [report.id, report.number + 1, report.by],
    )
    expect(await spent()).toBe(before)
    for (const statement of ['UPDATE report_figures SET actual_cents = 0', 'DELETE FROM report_figures'])
      await expect(test.database.application.query(statement)).rejects.toThrow(/permission denied/)
  })
})

describe('the roll-up of a quarter', () => {
  it('names who is missing, and counts what is not approved', async () => {
    const figures = (await rollUps.of(Q4.quarter))!
    expect(figures.counts.expected).toBe(7)
    const { areas } = figures
    const stated = areas.filter((one) => one.stated)
    expect(figures.counts.missing).toBe(areas.length - stated.length)
    expect(figures.counts.missing).toBeGreaterThan(0)
    for (const one of areas) expect(one.stated === null).toBe(one.standing === 'missing')
    const sum = stated.reduce((total, one) => total + BigInt(one.stated!.actualCents), 0n)
    expect(figures.total.actualCents).toBe(String(sum))
  })

  it('of each administrative wijk adds up to the city', async () => {
    const city = (await rollUps.of(Q3.quarter))!
    const districts = [...new Set(city.areas.map(({ district }) => district!.slug))]
    const parts = await Promise.all(districts.map((district) => rollUps.of(Q3.quarter, { district })))
    const sum = (what: 'actualCents' | 'budgetCents') =>
      String(parts.reduce((total, part) => total + BigInt(part!.total[what]), 0n))
    expect([sum('actualCents'), sum('budgetCents')]).toEqual([city.total.actualCents, city.total.budgetCents])
    expect(await rollUps.of(Q3.quarter, { district: 'nergens' })).toBeNull()
    expect(await rollUps.of(Quarter.parse('2031-Q1'))).toBeNull()
  })

  it('says what was spent in the quarter itself', async () => {
    const [second, third] = [await rollUps.of(Quarter.parse('2019-Q2')), await rollUps.of(Q3.quarter)]
    expect(BigInt(third!.quarterCents)).toBe(
      BigInt(third!.total.actualCents) - BigInt(second!.total.actualCents),
    )
    expect(third!.quarterUnknown).toBe(0)
  })
})

describe('the draft of a quarterly report', () => {
  it('is kept once, and a draft that was not seen is not overwritten', async () => {
    expect(await save(Q4, { 'tekst.mainLines': 'Eerste.' })).toEqual({ outcome: 'saved', revision: 1 })
    expect(await save(Q4, { 'tekst.mainLines': 'Eerste.' })).toEqual({ outcome: 'saved', revision: 1 })
    const late = await writing.save(Q4, { fields: { 'tekst.mainLines': 'Ander.' }, revision: 0 }, director)
    expect(late).toMatchObject({ outcome: 'stale', stored: { revision: 1, savedByName: teamLead.name } })
    expect((await cityReports.of(Q4)).draft.texts['tekst.mainLines']).toBe('Eerste.')
  })

  it('of a quarter that is not over, or that nobody reports on, is not made', async () => {
    const clock = test.app.get(Clock)
    const now = clock.now()
    try {
      await clock.moveTo(new Date('2019-12-31T12:00:00+01:00'))
      expect(await brokenRule(save(Q4, WELL))).toBe('cityReport.notOver')
    } finally {
      await clock.moveTo(now)
    }
    await expect(save(readPeriod('2009-Q1')!, WELL)).rejects.toMatchObject({ status: 404 })
  })

  it('is not final while something is missing', async () => {
    const made = await writing.finalise(Q4, await seenOf(Q4), teamLead)
    expect(made).toMatchObject({ outcome: 'invalid', violations: [{ path: 'tekst.decisions' }] })
  })
})

describe('a final report', () => {
  it('is what was on the screen: other figures or another draft are refused', async () => {
    await save(Q4, WELL)
    const seen = await seenOf(Q4)
    const other = { ...seen, inputs: 'x' }
    expect(await brokenRule(writing.finalise(Q4, other, teamLead))).toBe('cityReport.inputsChanged')
    const older = { ...seen, revision: seen.revision - 1 }
    expect(await brokenRule(writing.finalise(Q4, older, teamLead))).toBe('cityReport.draftChanged')
    expect((await cityReports.of(Q4)).versions).toEqual([])
  })

  it('is made once by ten at the same time, and names the versions it was made of', async () => {
    const seen = await seenOf(Q4)
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, index) => writing.finalise(Q4, seen, index % 2 ? teamLead : director)),
    )
    expect(made.filter((one) => one.outcome === 'final' && !one.repeated)).toHaveLength(1)
    const [version, ...rest] = (await cityReports.of(Q4)).versions
    expect(rest).toEqual([])
    expect(version!.sha256).toBe(sha256Hex(version!.content))
    const { figures, texts } = JSON.parse(version!.content)
    expect(texts['tekst.mainLines']).toBe('Het gaat goed.')
    const submitted = await reports.approvedContents({ quarter: Q4.quarter })
    expect(
      figures.areas.flatMap((one: { stated: { sha256: string } | null }) => one.stated?.sha256 ?? []),
    ).toEqual(submitted.map(({ sha256 }) => sha256))
  })

  it('goes to the gemeente in copy, with the PDF', async () => {
    const copies = await owner(
      `SELECT to_address AS address, model FROM notices WHERE template = 'city-reports/copy'`,
    )
    expect(copies.map(({ address }: { address: string }) => address)).toEqual(['gemeente@example.org'])
    expect((await cityReports.of(Q4)).versions[0]!.copies).toBe(1)
    const models = test.app.get(NoticeModels, { strict: false })
    const [pdf] = await models.attachmentsFor('city-reports/copy', copies[0].model)
    expect(pdf!.name).toBe('verslag-2019-Q4.pdf')
    expect((pdf!.content as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('comes on an agenda once; the next version is a new version of the same paper', async () => {
    const [assembly] = await test.app.get(Assemblies, { strict: false }).runningOrUpcoming()
    const offer = (number: number) => offering.offer(Q4, number, assembly!.id, teamLead)
    expect(await brokenRule(offering.offer(Q4, 1, 'nergens', teamLead))).toBe('cityReport.chooseAssembly')
    await offer(1)
    await Promise.all([offer(1), offer(1)])
    await save(Q4, { ...WELL, 'tekst.money': 'Nog iets over het geld.' })
    expect(await writing.finalise(Q4, await seenOf(Q4), director)).toEqual({
      ...{ outcome: 'final', number: 2, repeated: false },
    })
    await offer(2)
    const { offers } = await cityReports.of(Q4)
    expect(offers.map(({ version }) => version).sort()).toEqual([1, 2])
    expect(new Set(offers.map(({ itemId }) => itemId)).size).toBe(1)
    const itemId = offers[0]!.itemId
    const papers = (await test.app.get(Papers, { strict: false }).of([itemId])).get(itemId)!
    expect(papers).toMatchObject([
      { title: 'Kwartaalbericht: 4e kwartaal 2019', versions: [{ number: 2 }, { number: 1 }] },
    ])
  })
})

describe('the annual report', () => {
  it('has the quarters as chapters, the figures of the year, and says what is absent', async () => {
    const { json } = (await contents.compose(YEAR, {}))!
    const content = JSON.parse(json)
    expect(content.chapters.map(({ version }: { version: number | null }) => version)).toEqual([
      null,
      null,
      1,
      2,
    ])
    expect(content.figures.quarter).toBe('2019-Q4')
    expect(content.previous).toBeNull()
    expect(content.indicators[0].values).toHaveLength(4)
    expect(content.effects).toHaveLength(8)
  })

  it('is final when its required sections say something', async () => {
    expect(await writing.finalise(YEAR, await seenOf(YEAR), director)).toMatchObject({ outcome: 'invalid' })
    const sections = ['aims', 'results', 'finances', 'risks', 'governance', 'outlook']
    await save(YEAR, Object.fromEntries(sections.map((one) => [`tekst.${one}`, 'Tekst.'])), director)
    expect(await writing.finalise(YEAR, await seenOf(YEAR), director)).toMatchObject({ number: 1 })
  })
})

describe('the effects in the city', () => {
  it('keep every measurement; of several on a year the last one holds', async () => {
    const effects = test.app.get(Effects, { strict: false })
    const measure = (percentage: string) =>
      effects.measure('mantelzorg', { year: '2019', percentage, source: 'Inwonersenquête' }, teamLead)
    await measure('17,5')
    await measure('17,5')
    await measure('18')
    const found = (await effects.all()).find(({ id }) => id === 'mantelzorg')!
    expect(found).toMatchObject({ baseline: { tenths: 170 }, target: { year: 2021, tenths: 190 } })
    expect(found.measurements).toEqual([{ year: 2019, tenths: 180, source: 'Inwonersenquête' }])
    const [{ count }] = await owner('SELECT count(*)::int FROM effect_measurements')
    expect(count).toBe(2)
    for (const [year, percentage, source, code] of [
      ['2031', '5', 'x', 'effect.yearMalformed'],
      ['2019', '101', 'x', 'effect.percentageMalformed'],
      ['2019', '5', ' ', 'effect.sourceMissing'],
    ] as const)
      expect(await brokenRule(effects.measure('mantelzorg', { year, percentage, source }, teamLead))).toBe(
        code,
      )
  })
})
