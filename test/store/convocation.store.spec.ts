import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '#kernel'
import { sha256Hex, Upload } from '#platform'
import { Agenda, type ItemContent } from '../../libs/assemblies/convocation/agenda.service.js'
import { AssemblyPlan } from '../../libs/assemblies/convocation/assembly-plan.service.js'
import { Convocations } from '../../libs/assemblies/convocation/convocation.service.js'
import { ConvocationAttachments } from '../../libs/assemblies/convocation/convocation-attachments.service.js'
import { ConvocationLetters } from '../../libs/assemblies/convocation/convocation-letters.service.js'
import { ConvocationPapers } from '../../libs/assemblies/convocation/convocation-papers.service.js'
import { Papers } from '../../libs/assemblies/convocation/papers.service.js'
import { AssemblyReading } from '../../libs/assemblies/reading.service.js'
import { NoticeModels } from '../../libs/notices/notice-models.js'
import { type Convening, outcome, startConvening } from '../support/convening.js'
import { samplePdf, samplePng } from '../support/sample-files.js'

let coop: Convening
let agenda: Agenda
let plans: AssemblyPlan
let papers: Papers
let convocations: Convocations
let assemblyId: string
let made = 0
const ID = (last: number) => `00000000-0000-7000-8000-${last.toString().padStart(12, '0')}`

const item = (title: string, more: Partial<ItemContent> = {}): ItemContent => ({
  ...{ type: 'information', title, explanation: '', minutes: 10, question: '', decisionType: 'ordinary' },
  ...more,
})
const motion = (title: string, more: Partial<ItemContent> = {}) =>
  item(title, { type: 'resolution', question: `Stemt u in met ${title}?`, ...more })
const add = async (content: ItemContent) => {
  const id = ID(++made)
  await agenda.add(assemblyId, id, content, coop.secretary)
  return id
}
const plan = (heldOn: string, more = {}) => ({
  ...{ title: 'ALV', kind: 'ordinary' as const, heldOn, startsAt: new Date(`${heldOn}T18:00:00Z`) },
  ...{ place: 'Zaal', onlineAddress: null, ...more },
})
const titles = async () => (await agenda.items(assemblyId)).map(({ title }) => title)
const assembly = async () => (await coop.app.get(AssemblyReading).assembly(assemblyId))!
const preview = async () => convocations.preview(await assembly())
const convene = async (supporters = false, visitor = coop.secretary) => {
  const { content, contentHash } = await convocations.preview(await assembly(), { supporters })
  return convocations.convene(assemblyId, { sequence: content.sequence, contentHash, supporters }, visitor)
}
const pdf = (name: string, text: string) => new Upload(name, samplePdf(text))
const addPaper = (itemId: string, title: string, file: Upload, id: string | null = null, verbatim = false) =>
  papers.add(assemblyId, itemId, { id, title, verbatim }, file, coop.secretary)
const attached = () =>
  coop.query(`SELECT notice_key FROM convocation_recipients WHERE notice_key IS NOT NULL`)

beforeAll(async () => {
  coop = await startConvening()
  agenda = coop.app.get(Agenda)
  plans = coop.app.get(AssemblyPlan)
  papers = coop.app.get(Papers)
  convocations = coop.app.get(Convocations)
})

beforeEach(async () => {
  await coop.at('2020-03-01T10:00:00+01:00')
  assemblyId = ID(++made)
  await plans.plan(assemblyId, plan('2020-03-16'), null, coop.secretary)
})

afterAll(() => coop?.stop())

describe('planning', () => {
  it('happens once however often one presses, by who may, not in the past', async () => {
    const again = plans.plan(assemblyId, plan('2020-04-01'), null, coop.secretary)
    expect(await again).toBe(assemblyId)
    expect(await assembly()).toMatchObject({ heldOn: '2020-03-16', convenedOn: null })
    expect(await outcome(plans.plan(ID(++made), plan('2020-04-01'), null, coop.delegates[0]!))).toBe(
      'assembly.notYours',
    )
    expect(await outcome(plans.plan(ID(++made), plan('2020-02-29'), null, coop.chair))).toBe(
      'assembly.dayPast',
    )
    await plans.change(assemblyId, plan('2020-03-20', { place: 'Elders' }), coop.chair)
    expect(await assembly()).toMatchObject({ heldOn: '2020-03-20', place: 'Elders' })
  })
})

describe('the agenda', () => {
  it('is made, ordered and mended; motions keep the same numbers', async () => {
    const [one, two, three] = [
      await add(item('Opening')),
      await add(motion('Werkplan')),
      await add(item('Slot')),
    ]
    await agenda.add(assemblyId, two, motion('Nog eens'), coop.secretary)
    expect(await titles()).toEqual(['Opening', 'Werkplan', 'Slot'])
    const { agendaVersion } = await assembly()
    await agenda.reorder(assemblyId, [three, one, two], agendaVersion, coop.secretary)
    await agenda.reorder(assemblyId, { id: two, by: -1 }, agendaVersion + 1, coop.chair)
    expect(await titles()).toEqual(['Slot', 'Werkplan', 'Opening'])
    expect(await coop.query('SELECT position FROM motions WHERE id = $1', [two])).toEqual([{ position: 2 }])
    await agenda.edit(assemblyId, two, motion('Werkplan 2021', { type: 'accounts' }), coop.secretary)
    expect(await outcome(agenda.edit(assemblyId, two, item('Werkplan'), coop.secretary))).toBe(
      'agenda.otherType',
    )
    await agenda.remove(assemblyId, three, coop.secretary)
    await agenda.remove(assemblyId, three, coop.secretary)
    expect(
      (await agenda.items(assemblyId)).map(({ position, title, type }) => [position, title, type]),
    ).toEqual([
      [1, 'Werkplan 2021', 'accounts'],
      [2, 'Opening', 'information'],
    ])
  })

  it('refuses an order that someone else overtook, and one that is not of these items', async () => {
    const [one, two] = [await add(item('Een')), await add(item('Twee'))]
    const { agendaVersion } = await assembly()
    const both = await Promise.all(
      [
        [two, one],
        [two, one],
      ].map((order) => outcome(agenda.reorder(assemblyId, order, agendaVersion, coop.secretary))),
    )
    expect(both.sort()).toEqual(['agenda.changedMeanwhile', 'done'])
    for (const odd of [[one], [one, one], [one, two, ID(++made)], []])
      expect(await outcome(agenda.reorder(assemblyId, odd, agendaVersion + 1, coop.secretary))).toBe(
        'agenda.changedMeanwhile',
      )
    expect(await titles()).toEqual(['Twee', 'Een'])
    expect(await outcome(agenda.add(assemblyId, ID(++made), item('X'), coop.delegates[0]!))).toBe(
      'assembly.notYours',
    )
  })
})

describe('papers', () => {
  it('have versions with checksums; the same file again is no new one, a picture is no paper', async () => {
    const itemId = await add(item('Jaarverslag'))
    await addPaper(itemId, 'Verslag', pdf('verslag.pdf', 'een'))
    const [paper] = (await papers.of([itemId])).get(itemId)!
    await addPaper(itemId, '', pdf('verslag.pdf', 'een'), paper!.id)
    await addPaper(itemId, '', pdf('verslag-2.pdf', 'twee'), paper!.id)
    await addPaper(itemId, 'VERSLAG', pdf('verslag-3.pdf', 'drie'))
    const after = (await papers.of([itemId])).get(itemId)!
    expect(after.map(({ versions }) => versions.map(({ number, file }) => [number, file.name]))).toEqual([
      [
        [3, 'verslag-3.pdf'],
        [2, 'verslag-2.pdf'],
        [1, 'verslag.pdf'],
      ],
    ])
    expect((await papers.read(assemblyId, paper!.id, 2))!.content).toEqual(samplePdf('twee'))
    expect(await papers.read(ID(1), paper!.id, 2)).toBeNull()
    expect(await outcome(addPaper(itemId, 'Foto', new Upload('foto.png', samplePng())))).toBe(
      'file.wrongKind',
    )
  })

  it('come once when sent twice at once', async () => {
    const itemId = await add(item('Begroting'))
    await Promise.all([1, 2, 3].map(() => addPaper(itemId, 'Begroting', pdf('b.pdf', 'zelfde'))))
    expect((await papers.of([itemId])).get(itemId)![0]!.versions).toHaveLength(1)
  })
})

describe('convening', () => {
  it('reaches who agreed by e-mail and the others by letter, once, and what was sent stands', async () => {
    await add(motion('Werkplan'))
    expect((await preview()).findings.map(({ code }) => code)).toEqual(['noAddress'])
    const { content, contentHash } = await convocations.preview(await assembly(), { supporters: true })
    const wish = { sequence: 0, contentHash, supporters: true }
    await Promise.all([1, 2, 3, 4].map(() => convocations.convene(assemblyId, wish, coop.secretary)))
    const [sent, ...more] = await convocations.list(assemblyId)
    expect(more).toEqual([])
    expect(sent).toMatchObject({ kind: 'convocation', sequence: 0, contentHash, content })
    expect(sha256Hex(canonicalJson(sent!.content))).toBe(contentHash)
    const recipients = await convocations.recipients(assemblyId)
    expect(recipients.map(({ memberName, channel, voting }) => `${memberName} ${channel} ${voting}`)).toEqual(
      [
        ...Array.from({ length: 10 }, (_, at) => `Lid ${at + 1} email true`),
        ...['Lid 11 letter true', 'Lid 12 letter true', 'Lid 13 letter false'],
      ],
    )
    expect(recipients.at(-3)!.address).toBe('Dorpsstraat 11\n3512 AB  Utrecht')
    const keys = recipients.flatMap(({ noticeKey }) => noticeKey ?? [])
    const notices = await coop.query('SELECT count(*)::int AS n FROM notices WHERE key = ANY($1)', [keys])
    expect(notices).toEqual([{ n: 10 }])
    expect(await assembly()).toMatchObject({ convenedOn: '2020-03-01' })
    expect((await attached()).length).toBeGreaterThan(0)
  })

  it.each([
    ['one day too late', '2020-03-02T10:00:00+01:00', 'convocation.refused'],
    ['on the last day', '2020-03-01T23:59:00+01:00', 'done'],
  ])('%s', async (_, now, expected) => {
    await add(item('Bespreking'))
    await coop.at(now)
    expect(await outcome(convene())).toBe(expected)
  })

  it('a change of the statutes: its text five days before, its term, said with the article', async () => {
    await add(motion('Statuten', { decisionType: 'statuteChange' }))
    expect((await preview()).findings.map(({ code, article }) => [code, article])).toContainEqual([
      'verbatimMissing',
      'BW 2:42',
    ])
    await coop.at('2020-03-02T10:00:00+01:00')
    expect((await preview()).findings[0]).toMatchObject({ code: 'tooShort', article: 'artikel 24 lid 3' })
  })

  it('what changed since the preview is looked at first; what was convened stands', async () => {
    const id = await add(motion('Werkplan'))
    const { contentHash } = await preview()
    await addPaper(id, 'Plan', pdf('plan.pdf', 'plan'))
    const wish = { sequence: 0, contentHash, supporters: false }
    expect(await outcome(convocations.convene(assemblyId, wish, coop.secretary))).toBe(
      'convocation.changedMeanwhile',
    )
    await convene()
    expect(await outcome(agenda.edit(assemblyId, id, motion('Anders'), coop.secretary))).toBe(
      'agenda.itemConvened',
    )
    expect(await outcome(agenda.remove(assemblyId, id, coop.secretary))).toBe('agenda.itemConvened')
    expect(await outcome(plans.change(assemblyId, plan('2020-05-01'), coop.secretary))).toBe(
      'assembly.alreadyConvened',
    )
    const { agendaVersion } = await assembly()
    expect(await outcome(agenda.reorder(assemblyId, [id], agendaVersion, coop.secretary))).toBe(
      'agenda.orderStands',
    )
  })

  it('adds an item within the term, moves within the term, cancels once; a calendar follows', async () => {
    await add(item('Bespreking'))
    await plans.change(assemblyId, plan('2020-04-01'), coop.secretary)
    await convene()
    await add(item('Extra'))
    await convene()
    const moved = { heldOn: '2020-03-10', startsAt: new Date('2020-03-10T18:00:00Z') }
    const where = { place: 'Kerk', onlineAddress: null }
    const postpone = (to: typeof moved) =>
      outcome(convocations.postpone(assemblyId, 2, { ...to, ...where }, 'De zaal lekt.', coop.secretary))
    expect(await postpone(moved)).toBe('convocation.refused')
    const later = { heldOn: '2020-04-08', startsAt: new Date('2020-04-08T17:00:00Z') }
    expect(await Promise.all([postpone(later), postpone(later)])).toEqual(['done', 'done'])
    await convocations.cancel(assemblyId, 3, 'Er is niets meer te bespreken.', coop.chair)
    await convocations.cancel(assemblyId, 3, 'Nog eens.', coop.chair)
    expect((await convocations.list(assemblyId)).map(({ kind, sequence }) => [sequence, kind])).toEqual([
      [0, 'convocation'],
      [1, 'supplement'],
      [2, 'postponement'],
      [3, 'cancellation'],
    ])
    expect(await assembly()).toMatchObject({ heldOn: '2020-04-08', place: 'Kerk' })
    expect(await outcome(agenda.add(assemblyId, ID(++made), item('Te laat'), coop.secretary))).toBe(
      'assembly.cancelled',
    )
  })
})

describe('what goes with it', () => {
  it('agenda and papers are one tagged PDF; the papers inside are the ones that were added', async () => {
    const id = await add(motion('Nieuwe statuten', { decisionType: 'statuteChange', explanation: 'Waarom.' }))
    await addPaper(id, 'De tekst', pdf('statuten.pdf', 'woordelijk'), null, true)
    await convene()
    const [sent] = await convocations.list(assemblyId)
    const makers = coop.app.get(ConvocationPapers)
    const made = await makers.agenda(sent!.content, sent!, sent!.convenedAt, 'nl')
    const proxy = await getDocumentProxy(new Uint8Array(made))
    const { text } = await extractText(proxy, { mergePages: true })
    const plain = text.replace(/\s+/g, ' ')
    expect(plain).toContain('voorstel tot wijziging van de statuten')
    expect(plain).toContain('De stukken zitten als bijlage in dit bestand')
    expect(await proxy.getMarkInfo()).toMatchObject({ Marked: true })
    const inside = (await proxy.getAttachments()) as Record<string, { content: Uint8Array }>
    expect(Object.keys(inside)).toEqual(['1.1 De tekst (1).pdf'])
    expect(Buffer.from(Object.values(inside)[0]!.content)).toEqual(samplePdf('woordelijk'))
    const small = await makers.agenda(sent!.content, sent!, sent!.convenedAt, 'nl', 10)
    expect(await (await getDocumentProxy(new Uint8Array(small))).getAttachments()).toBeNull()
  })

  it('a letter for each member without e-mail, and with each mail the calendar, the agenda and a code', async () => {
    await add(item('Bespreking'))
    await convene(true)
    const [sent] = await convocations.list(assemblyId)
    const letters = (await convocations.recipients(assemblyId)).filter(({ channel }) => channel === 'letter')
    const printed = await coop.app.get(ConvocationLetters).pdf(sent!, letters)
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(printed)))
    expect(text).toHaveLength(4)
    expect(text[1]).toContain('Dorpsstraat 11')
    expect(text[2]).toContain('adres onbekend')
    expect(text[3]).toContain('Een steunlid heeft geen stem')
    coop.app.get(ConvocationAttachments)
    const memberIds = coop.delegates.slice(0, 2).flatMap((one) => one.scopesOf('delegate'))
    const files = await coop.app
      .get(NoticeModels)
      .attachmentsFor('assemblies/convocation', { convocationId: sent!.id, memberIds })
    expect(files.map(({ name }) => name)).toEqual([
      ...['agenda.ics', 'agenda.pdf', 'code-bij-de-deur-1.png', 'code-bij-de-deur-2.png'],
    ])
    expect(String(files[0]!.content)).toContain('DTSTART:20200316T180000Z')
    await convocations.cancel(assemblyId, 1, 'Ziek.', coop.chair)
    const cancelled = (await convocations.list(assemblyId)).at(-1)!
    const after = await coop.app
      .get(NoticeModels)
      .attachmentsFor('assemblies/assembly-changed', { convocationId: cancelled.id, memberIds })
    expect(after.map(({ name }) => name)).toEqual(['agenda.ics'])
    expect(String(after[0]!.content)).toContain('STATUS:CANCELLED')
  })
})
