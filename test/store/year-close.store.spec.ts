import type { INestApplicationContext } from '@nestjs/common'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Assemblies } from '#assemblies'
import { GuaranteeRecords } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Payables } from '#payments'
import { Database, sha256Bytes, type Visitor } from '#platform'
import {
  DistributionProofs,
  Distributions,
  MarginMotions,
  MarginReserves,
  MarginUses,
  Objections,
  Payouts,
  PreInvestments,
  RiskMargin,
  type UseRequest,
  YearClose,
} from '#risk-margin'
import { Statutes } from '#statutes'
import { verifyDistribution } from '../../apps/cli/verify/distribution.js'
import { domainModules } from '../../apps/domain.modules.js'
import { aKey, closeYear, decideOn, visitorOf } from '../support/closed-year.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let director: Visitor
let assemblyId: string

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const inTx: Database['transaction'] = (work) => app.get(Database).transaction(work)
const memberNumbered = async (number: number): Promise<string> =>
  (await query('SELECT id FROM members WHERE number = $1', [number]))[0].id
const codesOf = (act: Promise<unknown>): Promise<string[]> =>
  act.then(
    () => [],
    (error: unknown) => {
      if (error instanceof RuleViolated) return error.violations.map(({ code }) => code)
      throw error
    },
  )

beforeAll(async () => {
  database = await createTestDatabase('demo')
  app = await startContext(database.url, domainModules, 30)
  director = await visitorOf(app, 'bestuurder')
  assemblyId = (await query('SELECT id FROM assemblies ORDER BY held_on LIMIT 1'))[0].id
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

describe('the reserve', () => {
  it('is booked once a year, however many ask at the same time', async () => {
    const year = { year: 2020, awardedCents: 50_000_000n, guaranteeBaseCents: 50_000_000n }
    await inTx((tx) => app.get(GuaranteeRecords).recordYear(tx, year, null))
    const reserves = app.get(MarginReserves)
    const answers = await Promise.all(Array.from({ length: 6 }, () => reserves.book(director, 2020)))
    expect(answers.filter(({ booked }) => booked)).toHaveLength(1)
    expect((await app.get(RiskMargin).ofYear(2020))!.reserve).toMatchObject({ cents: 1_000_000n })
    expect(await reserves.book(director, 2019)).toEqual({ booked: false })
    expect(await codesOf(reserves.book(director, 1999))).toEqual(['guarantee.noYear'])
  })
})

describe('using the margin', () => {
  const use = (changes: Partial<UseRequest> = {}, year = 2020) =>
    app.get(MarginUses).use(director, year, {
      ...{ cents: 100_000n, onDay: '2020-02-01', reason: 'Schade', document: 'F-1', decision: null },
      ...{ paidFrom: 'creditor', requestKey: aKey(), ...changes },
    })
  const balanceOf = (account: string) => app.get(Ledger).balance({ account, through: '2020-12-31' })

  it('never takes more than there is: of 16 at the same time ten have room', async () => {
    const [reserve, addition] = [await balanceOf('BEivOreRis'), await balanceOf('WBedOvkTrm')]
    const answers = await Promise.all(Array.from({ length: 16 }, () => codesOf(use())))
    expect(answers.filter((codes) => codes.length === 0)).toHaveLength(10)
    expect(answers.flat()).toEqual(Array(6).fill('margin.notEnoughLeft'))
    const margin = (await app.get(RiskMargin).ofYear(2020))!
    expect([margin.spentCents, margin.unspentCents]).toEqual([1_000_000n, 0n])
    // Reserve + used stays what it was; so do the year's costs for the margin.
    expect((await balanceOf('BEivOreRis')) - reserve).toBe(1_000_000n)
    expect(await balanceOf('WBedOvkRis')).toBe(1_000_000n)
    expect((await balanceOf('WBedOvkTrm')) - addition).toBe(-1_000_000n)
  })

  it('is undone by a reversing entry, once; then there is room again', async () => {
    const uses = app.get(MarginUses)
    const [first] = await uses.of(2020)
    await Promise.all([1, 2, 3].map(() => uses.reverse(director, 2020, first!.id, 'Dubbele factuur')))
    const [undone] = await uses.of(2020)
    expect(undone!.reversal).toMatchObject({ reason: 'Dubbele factuur' })
    expect((await app.get(RiskMargin).ofYear(2020))!.unspentCents).toBe(100_000n)
    const requestKey = aKey()
    const [one, again] = [await use({ requestKey }), await use({ requestKey })]
    expect(again).toEqual({ id: one.id, repeated: true })
    const { registerCents, ledgerCents } = await app.get(RiskMargin).inLedger()
    expect(ledgerCents).toBe(registerCents)
  })

  it('rests on a decision that exists, if it names one of the ALV', async () => {
    expect(await codesOf(use({ decision: '2019-99', cents: 1n }, 2019))).toEqual(['margin.dayOutsideYear'])
    const day = { onDay: '2019-06-01', cents: 1n }
    expect(await codesOf(use({ ...day, decision: '2019-99' }, 2019))).toEqual(['margin.decisionUnknown'])
    expect(await codesOf(use({ ...day, cents: 69_100n, decision: 'bestuur, 3 juni' }, 2019))).toEqual([])
  })
})

describe('pre-investments', () => {
  it('count once the kascommissie, not who recorded them, confirmed them', async () => {
    const [controller, committee] = [await visitorOf(app, 'controller'), await visitorOf(app, 'kascommissie')]
    const preInvestments = app.get(PreInvestments)
    const put = async (number: number, cents: bigint) =>
      preInvestments.record(controller, {
        ...{ memberId: await memberNumbered(number), kind: 'inKind', cents, onDay: '2018-09-01' },
        ...{ description: 'Uren in de opstart', document: `VI-${number}`, requestKey: aKey() },
      })
    await put(1, 600_000n)
    await put(4, 400_000n)
    await put(2, 999n)
    expect(await preInvestments.outstanding()).toEqual([])
    const { entries } = await preInvestments.register()
    for (const { id } of entries.slice(0, 2))
      await preInvestments.answer(committee, id, { answer: 'confirmed', note: '' })
    const third = entries[2]!.id
    const refuse = (note: string) => preInvestments.answer(committee, third, { answer: 'refused', note })
    expect(await codesOf(refuse(' '))).toEqual(['preInvestment.noteNeeded'])
    await refuse('Geen bewijs')
    expect((await preInvestments.outstanding()).map(({ cents }) => cents)).toEqual([600_000n, 400_000n])
  })
})

/** Number 2 carried € 6,000 through 30 June; number 4 its € 2,000 the whole year. */
describe('a holder that leaves half-way the year', () => {
  let leaver: string
  const partOf = async (id: string, memberId: string) =>
    (await app.get(RiskMargin).proposal(id))!.parts.find((part) => part.memberId === memberId)
  const propose = () =>
    app.get(Distributions).propose(director, { year: 2019, assemblyId, requestKey: aKey() })

  it('gets nothing by the last day of the year', async () => {
    leaver = await memberNumbered(2)
    await inTx((tx) =>
      app.get(GuaranteeRecords).recordMovement(tx, {
        ...{ memberId: leaver, type: 'released', cents: 600_000n, onDay: '2019-07-01' },
        ...{ document: 'Brief', by: null },
      }),
    )
    const { id } = await propose()
    const { proposal, parts } = (await app.get(RiskMargin).proposal(id))!
    expect(proposal.amountCents).toBe(12_000_000n)
    expect(parts.map(({ memberId }) => memberId)).not.toContain(leaver)
    expect(JSON.parse(proposal.inputs)).toMatchObject({
      ...{ rule: 'largest-remainder/2', preInvestments: null, snapshot: { version: 1 } },
      openConditions: ['quarters', 'books', 'accounts', 'discharge', 'workPlan', 'confirmation'],
    })
  })

  it('is objected to; the proposal is withdrawn, and a new one made', async () => {
    const live = (await app.get(RiskMargin).ofYear(2019))!.live!
    const delegate = await visitorOf(app, 'lid-2')
    const objection = { memberId: leaver, reason: 'Wij droegen een half jaar mee.', requestKey: aKey() }
    const objections = app.get(Objections)
    await Promise.all([1, 2].map(() => objections.record(delegate, live.id, objection)))
    expect(await objections.of(live.id)).toMatchObject([
      { member: expect.any(String), reason: objection.reason },
    ])
    const told = await query(
      `SELECT to_address, model->>'reason' AS reason FROM notices WHERE template = 'risk-margin/objected' ORDER BY 1`,
    )
    expect(told).toEqual(
      ['bestuurder', 'voorzitter'].map((who) => ({
        to_address: `${who}@example.org`,
        reason: objection.reason,
      })),
    )
    await expect(objections.record(director, live.id, objection)).rejects.toThrow('Forbidden')
    const first = (await app.get(MarginUses).of(2019))[0]!
    expect(await codesOf(app.get(MarginUses).reverse(director, 2019, first.id, 'x'))).toEqual([
      'margin.proposalLives',
    ])
    await app.get(Distributions).withdraw(director, live.id, 'Bezwaar van lid 2')
    expect(await codesOf(objections.record(delegate, live.id, { ...objection, requestKey: aKey() }))).toEqual(
      ['objection.proposalEnded'],
    )
  })

  it('gets its days when the statutes weigh by days', async () => {
    await inTx(async (tx) => {
      const recorded = await app.get(Statutes).recorded(tx)
      const known = recorded.find(({ key }) => key === 'distributionReference')!
      await app.get(Statutes).record(tx, [
        {
          ...{ key: 'distributionReference', value: 'timeWeighted', holdsFrom: '2019-06-01' },
          ...{ article: known.article, source: known.source, recordedAt: new Date() },
        } as never,
      ])
    })
    await app
      .get(MarginMotions)
      .askPreInvestmentsFirst(director, { year: 2019, assemblyId, reason: 'Zo afgesproken' })
    await decideOn(app, 'preInvestmentFirst')
    await closeYear(app)
    const { id } = await propose()
    const part = (await partOf(id, leaver))!
    // € 120,000 less € 10,000 of pre-investments; 365 days of € 494,000 and 181 days of € 6,000.
    const total = 49_400_000n * 365n + 600_000n * 181n
    expect(part).toMatchObject({ shareCents: 0n, weight: 600_000n * 181n })
    expect([0n, 1n]).toContain(part.partCents - (11_000_000n * 600_000n * 181n) / total)
    const { earnedBack, proposal } = (await app.get(RiskMargin).proposal(id))!
    expect(earnedBack.map(({ partCents }) => partCents)).toEqual([600_000n, 400_000n])
    expect(JSON.parse(proposal.inputs)).toMatchObject({ openConditions: [], snapshot: { version: 1 } })
  })
})

describe('closing the year', () => {
  it('lets nobody confirm who gains or carries out', async () => {
    const close = app.get(YearClose)
    const { judgementSha256 } = await close.of(2019)
    const confirm = async (who: string) => close.confirm(await visitorOf(app, who), 2019, judgementSha256)
    expect(await codesOf(confirm('bestuurder'))).toEqual(['yearClose.carriesOut'])
    expect(await codesOf(confirm('lid-1'))).toEqual(['yearClose.gains'])
    // Released half-way the year: it carried the risk, and it put nothing in.
    expect(await codesOf(confirm('lid-2'))).toEqual(['yearClose.gains'])
    expect(await codesOf(confirm('voorzitter'))).toEqual([])
    expect((await close.of(2019)).confirmations).toHaveLength(2)
    const chair = await visitorOf(app, 'voorzitter')
    expect(await codesOf(close.confirm(chair, 2019, 'anders'))).toEqual(['yearClose.judgementChanged'])
  })

  it('waives by an adopted decision, of the same item once', async () => {
    const { open, items, motions } = await app.get(YearClose).of(2019)
    expect(open).toEqual([])
    expect(items.find(({ item }) => item === 'workPlan')).toMatchObject({ met: false })
    const before = motions.length
    const ask = { year: 2019, assemblyId, reason: 'Nog eens' }
    await app.get(MarginMotions).askWaiver(director, 'workPlan', ask)
    expect((await app.get(YearClose).of(2019)).motions).toHaveLength(before)
    expect(
      await codesOf(app.get(MarginMotions).askWaiver(director, 'books', { ...ask, assemblyId: aKey() })),
    ).toEqual(['yearClose.chooseAssembly'])
  })
})

describe('the payout with its proof', () => {
  let id: string
  let zip: Buffer

  it('books both tables in one entry and hands every part over', async () => {
    id = (await app.get(RiskMargin).ofYear(2019))!.live!.id
    const before = verifyDistribution((await app.get(DistributionProofs).of(id))!)
    expect(before.lines).toContain('Er is nog niet over beslist.')
    expect(before.sound).toBe(true)
    await decideOn(app, 'distribution', 'for', id)
    const answers = await Promise.all([1, 2, 3].map(() => app.get(Payouts).payOut(director, id)))
    expect(answers.filter(({ posted }) => posted)).toHaveLength(1)
    const payables = app.get(Payables)
    const sumOf = (list: { cents: bigint }[]) => list.reduce((sum, { cents }) => sum + cents, 0n)
    expect(sumOf(await payables.of('preInvestment', 'RM-2019'))).toBe(1_000_000n)
    expect(sumOf(await payables.of('riskMargin', 'RM-2019'))).toBe(11_000_000n)
    expect(await app.get(PreInvestments).outstanding()).toEqual([])
    const { registerCents, ledgerCents } = await app.get(RiskMargin).inLedger()
    expect(ledgerCents).toBe(registerCents)
  })

  it('is proven offline, with the same bytes each time', async () => {
    zip = (await app.get(DistributionProofs).of(id))!
    expect((await app.get(DistributionProofs).of(id))!.equals(zip)).toBe(true)
    const { lines, sound } = verifyDistribution(zip)
    expect(lines.filter((line) => line.startsWith('NIET IN ORDE'))).toEqual([])
    expect(sound).toBe(true)
    expect(lines.join('\n')).toMatch(/Daarvan eerst terugverdiend: €\s10\.000,00/)
    expect(lines.join('\n')).toMatch(
      /Jaarafsluiting op 2020-\d\d-\d\d: 7 van de 8 onderdelen in orde; ontheffing van "Werkplan met de gemeente gehaald" \(besluit 2020-\d+\)/,
    )
  })

  const remade = (files: Record<string, Uint8Array>) => {
    const { 'manifest.json': manifest, ...rest } = files
    const hashes = Object.entries(rest).map(([name, bytes]) => [name, sha256Bytes(Buffer.from(bytes))])
    const made = { ...JSON.parse(strFromU8(manifest!)), files: Object.fromEntries(hashes) }
    return zipSync({ ...rest, 'manifest.json': strToU8(JSON.stringify(made)) })
  }
  const changed = (name: string, edit: (text: string) => string) => {
    const files = unzipSync(zip)
    const text = strFromU8(files[name]!)
    const edited = edit(text)
    expect(edited, name).not.toBe(text)
    return { ...files, [name]: strToU8(edited) }
  }

  it.each([
    ['verdeling.json', (text: string) => text.replace('"12000000"', '"12000001"'), 'het bedrag volgt niet'],
    ['verdeling.json', (text: string) => text.replace('"paid"', '"rejected"'), 'de ALV nam dit niet aan'],
    [
      'invoer.json',
      (text: string) => text.replace('"awardedCents":"603455000"', '"awardedCents":"603455050"'),
      'controlegetal',
    ],
    [
      'momentopname.json',
      (text: string) => text.replace('"48000000"', '"48000001"'),
      'momentopname is een andere',
    ],
    [
      'delen.json',
      (text: string) => text.replace(/"partCents":"(\d+)(\d)"/, '"partCents":"$1$20"'),
      'andere bedragen',
    ],
    [
      'machtiging.json',
      (text: string) => text.replace('"distribution"', '"admission"'),
      'een andere verdeling',
    ],
    [
      'machtiging.json',
      (text: string) => text.replace(/"decision":"2020-\d+"/, '"decision":"2020-01"'),
      'besluit is een ander',
    ],
    [
      'jaarafsluiting.json',
      (text: string) => text.replace('"item":"workPlan","met":false', '"item":"calls","met":false'),
      'mist een onderdeel',
    ],
    [
      'jaarafsluiting.json',
      (text: string) => text.replace(/"waivedBy":"2020-\d+"/, '"waivedBy":null'),
      'nog open stond',
    ],
    [
      'machtigingen.json',
      (text: string) => text.replace('"item":"workPlan"', '"item":"books"'),
      'ontheffing van de jaarafsluiting ontbreekt',
    ],
    [
      'machtigingen.json',
      (text: string) => text.replace('"yearCloseWaiver"', '"distribution"'),
      'rust op een ander besluit',
    ],
    ['boeking.json', (text: string) => text.replace('BSchOvsUit', 'BSchCre'), 'regels van de boeking'],
    ['boeking.json', (text: string) => text.replace('"12000000"', '"12000001"'), 'telt niet op tot nul'],
  ])('finds a change in %s, with and without a new list of files', (name, edit, expected) => {
    const files = changed(name, edit)
    const plain = verifyDistribution(zipSync(files))
    expect(plain.sound).toBe(false)
    expect(plain.lines[0]).toBe(`NIET IN ORDE: ${name} is veranderd nadat het bewijs is gemaakt.`)
    const forged = verifyDistribution(remade(files))
    expect(forged.sound).toBe(false)
    expect(forged.lines.join('\n')).toContain(expected)
  })

  it('finds another decision, a file left out, and refuses what is no proof', async () => {
    const other = unzipSync(zip)
    const inner = unzipSync(other['besluit.zip']!)
    inner['stemmen.json'] = strToU8(strFromU8(inner['stemmen.json']!).replace('"for"', '"against"'))
    const forged = verifyDistribution(remade({ ...other, 'besluit.zip': zipSync(inner) }))
    expect(forged.lines.join('\n')).toContain('het besluit van de ALV klopt niet met zijn eigen bewijs')
    const waiver = unzipSync(zip)
    const votes = unzipSync(waiver['ontheffing-workPlan.zip']!)
    votes['stemmen.json'] = strToU8(strFromU8(votes['stemmen.json']!).replace('"for"', '"against"'))
    const recounted = verifyDistribution(remade({ ...waiver, 'ontheffing-workPlan.zip': zipSync(votes) }))
    expect(recounted.lines.join('\n')).toMatch(
      /NIET IN ORDE: besluit 2020-\d+ klopt niet met zijn eigen bewijs/,
    )
    const left = [
      ...['besluit.zip', 'boeking.json', 'momentopname.json', 'machtiging.json', 'jaarafsluiting.json'],
      ...['machtigingen.json', 'ontheffing-workPlan.zip', 'voorinvesteringen.zip'],
    ]
    for (const name of left) {
      const { [name]: _, ...rest } = unzipSync(zip)
      expect(verifyDistribution(remade(rest)).sound, name).toBe(false)
    }
    for (const name of ['verdeling.json', 'invoer.json', 'delen.json', 'manifest.json']) {
      const { [name]: _, ...rest } = unzipSync(zip)
      const made = name === 'manifest.json' ? zipSync(rest) : remade(rest)
      expect(() => verifyDistribution(made), name).toThrow('ontbreekt in het bewijs')
    }
    expect(() => verifyDistribution(strToU8('geen zip'))).toThrow('geen zip')
  })

  it('the ALV sees which decision it was', async () => {
    const { decision } = (await app.get(RiskMargin).proposal(id))!.proposal
    expect(await app.get(Assemblies).decisionNumbered(decision!.number)).toMatchObject({ adopted: true })
  })
})
