import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Drafting, type FieldChange } from '#accountability'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Clock, Ids, Upload, type Visitor } from '#platform'
import { TakingOver, Workbooks, WorkbookUploads } from '#report-sheets'
import { startTestApp, type TestApp } from '../support/app.js'
import { editedWorkbook } from '../support/report-files.js'

const Q4 = { area: 'oost', quarter: '2019-Q4' }
const NOTHING = { chosen: new Map(), seen: new Map() }

let test: TestApp
let workbooks: Workbooks
let uploads: WorkbookUploads
let taking: TakingOver
let drafting: Drafting
let treasurer: Visitor
let coordinator: Visitor

beforeAll(async () => {
  test = await startTestApp()
  workbooks = test.app.get(Workbooks, { strict: false })
  uploads = test.app.get(WorkbookUploads, { strict: false })
  taking = test.app.get(TakingOver, { strict: false })
  drafting = test.app.get(Drafting, { strict: false })
  treasurer = await visitor('penningmeester')
  coordinator = await visitor('coordinator')
}, 180_000)

afterAll(() => test?.stop())

beforeEach(() => test.database.owner.query('DELETE FROM report_uploads'))

async function visitor(who: string): Promise<Visitor> {
  const people = test.app.get(People, { strict: false })
  const person = await people.withAddress(`${who}@example.org`)
  return (await people.visitor(person!.id))!
}

const newKey = () => test.app.get(Ids, { strict: false }).next()
const download = async (kind: 'xlsx' | 'csv' = 'xlsx') =>
  (await workbooks.download(treasurer, Q4, kind)).content
const upload = (content: Buffer, requestKey = newKey(), by = treasurer, address = Q4) =>
  uploads.upload(by, address, { file: new Upload('werkmap.xlsx', content), requestKey })
const shown = async (id: string) => (await uploads.find(treasurer, Q4, id))!
const fates = async (id: string) =>
  Object.fromEntries(
    (await shown(id))
      .judged!.fields.filter(({ fate }) => fate !== 'same')
      .map(({ field, fate }) => [field, fate]),
  )
const texts = async () => (await drafting.current(Q4, treasurer)).fields
const textOf = async (field: string) => (await texts()).get(field)!.text
const type = async (by: Visitor, field: string, text: string) => {
  const change: FieldChange = { field, text, seenRevision: (await texts()).get(field)!.revision }
  expect((await drafting.saveFields(by, Q4, [change])).conflicts).toEqual([])
}
const refusal = async (act: Promise<unknown>) => {
  const error: unknown = await act.then(
    () => 'nothing',
    (reason: unknown) => reason,
  )
  return error instanceof RuleViolated ? error.violations.map(({ code }) => code).join() : String(error)
}

describe('a workbook of a report', () => {
  it.each(['xlsx', 'csv'] as const)('as %s that comes back untouched changes nothing', async (kind) => {
    const id = await upload(await download(kind))
    expect(await fates(id)).toEqual({})
    expect(await taking.take(treasurer, Q4, id, NOTHING)).toMatchObject({ outcome: 'taken', count: 0 })
  })

  it('is taken over once, however often and by how many at once', async () => {
    const file = await editedWorkbook(await download(), { 'Verhaal!B2': 'Uit Excel.', 'Geld!C2': 4321.5 })
    const id = await upload(file)
    const fields = Object.keys(await fates(id))
    expect(fields).toHaveLength(2)
    const before = await texts()
    const outcomes = await Promise.all([1, 2, 3].map(() => taking.take(treasurer, Q4, id, NOTHING)))
    expect(outcomes.every((one) => one?.outcome === 'taken')).toBe(true)
    expect(await textOf('narrative.wentWell')).toBe('Uit Excel.')
    const money = fields.find((field) => field.startsWith('lines.'))!
    expect(await textOf(money)).toBe('4.321,50')
    expect((await texts()).get(money)!.revision).toBe(before.get(money)!.revision + 1)
    expect(await fates(id)).toEqual({})
  })

  it('never overwrites what was typed on the web meanwhile, without having asked', async () => {
    const field = 'narrative.wentLess'
    await type(treasurer, field, 'Zoals het was.')
    const file = await editedWorkbook(await download(), { 'Verhaal!B3': 'Uit Excel.', 'Verhaal!B4': 'Ook.' })
    await type(coordinator, field, 'Van de website.')
    await type(coordinator, 'risks.text', 'Alleen op de website.')
    const id = await upload(file)
    expect(await fates(id)).toMatchObject({
      [field]: 'asked',
      'narrative.why': 'taken',
      'risks.text': 'kept',
    })

    const asked = { outcome: 'asked', fields: [field] }
    expect(await taking.take(treasurer, Q4, id, NOTHING)).toEqual(asked)
    expect(await textOf(field)).toBe('Van de website.')
    const seen = new Map([[field, (await texts()).get(field)!.revision]])
    await type(coordinator, field, 'Nog een keer.')
    const choices = { chosen: new Map([[field, 'file' as const]]), seen }
    expect(await taking.take(treasurer, Q4, id, choices)).toEqual(asked)
    expect(await textOf(field)).toBe('Nog een keer.')

    seen.set(field, (await texts()).get(field)!.revision)
    expect(await taking.take(treasurer, Q4, id, choices)).toMatchObject({ outcome: 'taken', count: 2 })
    expect(await textOf(field)).toBe('Uit Excel.')
    expect(await textOf('risks.text')).toBe('Alleen op de website.')
  })

  it('leaves on the web what is unreadable in the workbook', async () => {
    await type(treasurer, 'people.volunteers', '70')
    const file = await editedWorkbook(await download(), {
      'Middelen en mensen!B6': 'veel',
      'Verhaal!B2': 'Goed.',
    })
    const id = await upload(file)
    expect(await taking.take(treasurer, Q4, id, NOTHING)).toMatchObject({ outcome: 'taken', count: 1 })
    expect(await textOf('people.volunteers')).toBe('70')
  })

  it('with a total that was typed over is not taken over', async () => {
    const money = await download()
    const rows = (await shown(await upload(money))).report.template.lines.length
    const id = await upload(await editedWorkbook(money, { [`Geld!C${rows + 2}`]: 1 }))
    expect((await shown(id)).upload.content.problems).toMatchObject([{ code: 'report.totalMismatch' }])
    expect(await refusal(taking.take(treasurer, Q4, id, NOTHING))).toBe('reportSheet.hasProblems')
  })

  it('sent twice at once is one upload', async () => {
    const [file, key] = [await download(), newKey()]
    const ids = await Promise.all([1, 2, 3].map(() => upload(file, key)))
    expect(new Set(ids).size).toBe(1)
    expect(await test.database.owner.query('SELECT count(*)::int AS count FROM report_uploads')).toEqual([
      { count: 1 },
    ])
  })

  it('is for its own treasurer and coordinator, and for this report', async () => {
    const others = await Promise.all(['serviceteam', 'gsmo-financien'].map(visitor))
    for (const other of others) {
      expect(await refusal(workbooks.download(other, Q4, 'xlsx'))).toContain('Forbidden')
      expect(await refusal(upload(Buffer.from('a;b'), newKey(), other))).toContain('Forbidden')
    }
    expect(await refusal(upload(Buffer.from('a;b\n1;2')))).toBe('reportSheet.notOurs')
    const closed = { area: 'oost', quarter: '2019-Q1' }
    expect(await refusal(workbooks.download(treasurer, closed, 'xlsx'))).toBe('reportSheet.notOpen')
    const id = await upload(await download())
    expect(await uploads.find(treasurer, closed, id)).toBeNull()
  })

  it('goes after two weeks', async () => {
    const id = await upload(await download())
    expect(await uploads.letGo()).toBe(0)
    const clock = test.app.get(Clock, { strict: false })
    await test.database.owner.query('ALTER TABLE report_uploads DISABLE TRIGGER report_uploads_unchanged')
    await test.database.owner.query('UPDATE report_uploads SET uploaded_at = $1', [
      new Date(clock.now().getTime() - 15 * 86_400_000),
    ])
    await test.database.owner.query('ALTER TABLE report_uploads ENABLE TRIGGER report_uploads_unchanged')
    expect(await uploads.letGo()).toBe(1)
    expect(await uploads.letGo()).toBe(0)
    expect(await uploads.find(treasurer, Q4, id)).toBeNull()
  })
})
