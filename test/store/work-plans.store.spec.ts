import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AccountingDistrict, AreasModule } from '#areas'
import { FilesModule } from '#files'
import { GuaranteeRecords, GuaranteesModule } from '#guarantees'
import { People } from '#identity'
import { Members } from '#members'
import { Clock, Database, Ids, Upload, Visitor } from '#platform'
import { PlanAgreeing, PlanJudging, PlanWriting, WorkPlans, WorkPlansModule } from '#work-plans'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { samplePdf } from '../support/sample-files.js'

let database: TestDatabase
let app: INestApplicationContext
let plans: WorkPlans
let writing: PlanWriting
let agreeing: PlanAgreeing
let judging: PlanJudging
let director: Visitor
let team: Visitor
let municipality: Visitor
/** Of the kascommissie, and delegate of a member that stands surety. */
let gaining: Visitor
/** Of the kascommissie, and delegate of a member that doesn't. */
let committee: Visitor

beforeAll(async () => {
  database = await createTestDatabase()
  const around = [...assemblyModules, AreasModule, FilesModule, GuaranteesModule]
  app = await startContext(database.url, [...around, WorkPlansModule])
  plans = app.get(WorkPlans)
  writing = app.get(PlanWriting)
  agreeing = app.get(PlanAgreeing)
  judging = app.get(PlanJudging)
  await clockTo('2018-06-01')
  await app.get(Database).transaction(async (tx) => {
    const area = { id: app.get(Ids).next(), slug: 'leidsche-rijn', name: 'Leidsche Rijn' }
    await tx.getRepository(AccountingDistrict).insert({ ...area, weight: 1n, position: 1 })
    const person = async (name: string, roles: { role: string; scopeId?: string }[]) => {
      const personId = await app.get(People).add(tx, { name, email: `${name}@example.org` })
      for (const { role, scopeId } of roles)
        await app
          .get(People)
          .assign(tx, { personId, role: role as 'director', scopeId, from: '2018-06-01', by: null })
      return new Visitor(personId, name, `${name}@example.org`, roles as never)
    }
    const member = (number: number, name: string) =>
      app
        .get(Members)
        .admit(tx, { ...{ number, name, kind: 'voting', founder: false }, on: '2018-06-01', by: null })
    const [surety, other] = [await member(1, 'Borg'), await member(2, 'Ander')]
    const held = (role: string, scopeId?: string) => ({ role, ...(scopeId ? { scopeId } : {}) })
    director = await person('bestuurder', [held('director')])
    team = await person('serviceteam', [held('serviceTeam')])
    municipality = await person('gemeente', [held('municipality')])
    gaining = await person('kas1', [held('auditCommittee'), held('delegate', surety)])
    committee = await person('kas2', [held('auditCommittee'), held('delegate', other)])
    await app.get(GuaranteeRecords).recordMovement(tx, {
      ...{ memberId: surety, type: 'accepted', cents: 100n, onDay: '2019-06-30', document: 'x', by: null },
    })
  })
  await clockTo('2019-12-20')
})
afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const clockTo = (day: string) => app.get(Clock).moveTo(new Date(`${day}T10:00:00Z`))
const pdf = (text: string) => new Upload(`${text}.pdf`, samplePdf(text))
const goal = (text: string) => ({ area: 'leidsche-rijn', text, sign: '', indicators: [] })
const mails = async (notice: string) =>
  (
    await database.owner.query('SELECT to_name FROM notices WHERE template = $1 ORDER BY to_name', [notice])
  ).map((row: { to_name: string }) => row.to_name)

/** The goals of 2020 as they are written, recorded by the director. */
async function record(year: number, reason = '', on = '2019-12-20'): Promise<string> {
  const { planText } = await import('../../libs/work-plans/agreeing.service.js')
  const { sha256 } = planText(year, (await plans.of(year))!.draft)
  await agreeing.record(year, { sha256, on, reason, file: pdf(`afspraak ${year} ${reason}`) }, director)
  return sha256
}

describe('the plan of a year', () => {
  it('is nothing, then a draft, then waits for the gemeente, then holds', async () => {
    expect((await plans.of(2020))!.state).toBe('empty')
    expect(await plans.judgementOf(2020)).toEqual({
      agreed: false,
      goals: [],
      allJudged: false,
      metAll: false,
    })
    await Promise.all([1, 2].map(() => writing.add(2020, 'doel-1', goal('Een'), team)))
    await writing.add(2020, 'doel-1', goal('Twee'), team)
    expect((await plans.of(2020))!.draft.map(({ id, text }) => [id, text])).toEqual([
      ['doel-1', 'Een'],
      ['doel-2', 'Twee'],
    ])
    const sha256 = await record(2020)
    expect((await plans.of(2020))!).toMatchObject({ state: 'waiting', agreed: null })
    expect(await mails('work-plans/to-confirm')).toEqual(['gemeente'])
    await expect(record(2020)).rejects.toThrow('workPlan.unchanged')

    const said = { sha256, answer: 'agreed' as const, note: '' }
    await agreeing.answer(2020, said, municipality)
    await agreeing.answer(2020, said, municipality)
    expect((await plans.of(2020))!).toMatchObject({ state: 'agreed', agreed: { version: 1 } })
    expect(await mails('work-plans/answered')).toEqual(['bestuurder'])
  })

  it('changes by another version only, with a reason and again confirmed', async () => {
    await writing.remove(2020, 'doel-2', team)
    const { fingerprint } = await import('../../libs/work-plans/writing.service.js')
    const [first] = (await plans.of(2020))!.draft
    await writing.change(2020, 'doel-1', fingerprint(first!), goal('Een, maar beter'), team)
    await expect(
      writing.change(2020, 'doel-1', fingerprint(first!), goal('Iets anders'), director),
    ).rejects.toThrow('goal.changedMeanwhile')
    await writing.add(2020, 'doel-2', goal('Drie'), team)
    const before = (await plans.of(2020))!
    expect(before.goals.map(({ text }) => text)).toEqual(['Een', 'Twee'])
    // An id is never given twice.
    expect(before.draft.map(({ id }) => id)).toEqual(['doel-1', 'doel-3'])
    await expect(record(2020)).rejects.toThrow('workPlan.reasonNeeded')
    const sha256 = await record(2020, 'Minder geld')
    await agreeing.answer(2020, { sha256, answer: 'refused', note: 'Doel 3 klopt niet' }, municipality)
    expect((await plans.of(2020))!).toMatchObject({ state: 'refused', agreed: { version: 1 } })
    await record(2020, 'Nu besproken')
    await agreeing.answer(2020, { sha256, answer: 'agreed', note: '' }, municipality)
    expect((await plans.of(2020))!).toMatchObject({ state: 'agreed', agreed: { version: 3 } })
  })
})

describe('the judgement at the end of the year', () => {
  const proposal = (verdict: 'met' | 'partly', evidence = '120 mensen') => ({ verdict, evidence, files: [] })
  beforeEach(() => clockTo('2021-01-10'))

  it('waits for the end of the year', async () => {
    await clockTo('2020-12-31')
    await expect(judging.propose(2020, 'doel-1', proposal('met'), team)).rejects.toThrow(
      'judgement.yearNotOver',
    )
  })

  it('is proposed once, and confirmed by who does not gain by it', async () => {
    const twice = [1, 2].map(() =>
      judging.propose(2020, 'doel-1', { ...proposal('met'), files: [pdf('Telling')] }, team),
    )
    await Promise.all(twice)
    expect((await plans.of(2020))!.goals[0]!.judgements).toHaveLength(1)
    expect(await mails('work-plans/to-judge')).toEqual(['gemeente', 'kas1', 'kas2'])
    const confirm = (who: Visitor) =>
      judging.answer(2020, 'doel-1', 1, { answer: 'confirmed', view: '' }, who)
    await expect(confirm(team)).rejects.toThrow('judgement.notJudge')
    await expect(confirm(gaining)).rejects.toThrow('judgement.gains')
    await confirm(committee)
    await confirm(committee)
    await expect(confirm(municipality)).rejects.toThrow('judgement.answered')
    expect(await plans.judgementOf(2020)).toMatchObject({
      ...{ agreed: true, allJudged: false, metAll: false },
      goals: [
        { id: 'doel-1', verdict: 'met', confirmedBy: 'kas2' },
        { id: 'doel-3', verdict: null },
      ],
    })
  })

  it('keeps both views of a dispute, and takes a new proposal', async () => {
    await judging.propose(2020, 'doel-3', proposal('met'), team)
    const dispute = { answer: 'disputed' as const, view: 'Wij telden er 80' }
    await judging.answer(2020, 'doel-3', 1, dispute, municipality)
    expect(await mails('work-plans/disputed')).toEqual(['serviceteam'])
    expect((await plans.judgementOf(2020)).goals[1]).toMatchObject({ verdict: null, confirmedBy: null })
    await judging.propose(2020, 'doel-3', proposal('partly', '80 mensen'), team)
    await judging.answer(2020, 'doel-3', 2, { answer: 'confirmed', view: '' }, municipality)
    const [, { judgements }] = (await plans.of(2020))!.goals as never as [unknown, { judgements: unknown[] }]
    expect(judgements).toMatchObject([
      { verdict: 'met', given: { answer: 'disputed', view: 'Wij telden er 80' } },
      { verdict: 'partly', given: { answer: 'confirmed' } },
    ])
    expect(await plans.judgementOf(2020)).toMatchObject({ allJudged: true, metAll: false })
  })

  it('does not hold for a goal that says something else in a later version', async () => {
    const { fingerprint } = await import('../../libs/work-plans/writing.service.js')
    const third = (await plans.of(2020))!.draft.find(({ id }) => id === 'doel-3')!
    await writing.change(2020, 'doel-3', fingerprint(third), goal('Drie, maar anders'), team)
    const sha256 = await record(2020, 'Alsnog', '2021-01-10')
    await agreeing.answer(2020, { sha256, answer: 'agreed', note: '' }, municipality)
    const { goals } = await plans.judgementOf(2020)
    expect(goals.map(({ verdict }) => verdict)).toEqual(['met', null])
    // Its number goes on: what was judged before is kept.
    await judging.propose(2020, 'doel-3', proposal('met'), team)
    expect((await plans.of(2020))!.goals[1]!.judgements.map(({ number }) => number)).toEqual([3])
  })

  it('does not change, also by SQL as the application', async () => {
    for (const table of ['work_plan_versions', 'work_plan_judgements', 'work_plan_answers'])
      await expect(app.get(Database).read.query(`DELETE FROM ${table}`)).rejects.toThrow()
  })
})
