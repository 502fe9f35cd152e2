import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  Decreases,
  Deposits,
  GuaranteeRecords,
  GuaranteeSnapshots,
  Guarantees,
  GuaranteesModule,
  GuaranteeTransfers,
  OfferAnswers,
  Offers,
  Releases,
} from '#guarantees'
import { IdentityModule, People } from '#identity'
import { type Cents, RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Members, MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { Clock, Database, type Role, sha256Hex, type Tx, Visitor } from '#platform'
import { Statutes, StatutesModule } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { repetitions } from '../support/repetitions.js'

const DAY_ONE = '2019-01-01'
const TODAY = '2019-06-01'

interface Delegate {
  memberId: string
  visitor: Visitor
}

let database: TestDatabase
let app: INestApplicationContext
let offers: Offers
let guarantees: Guarantees
/** The delegates of Zorgbelang (director), GSMO (contractor) and six founders. */
const delegates: Delegate[] = []
const officers = new Map<Role, Visitor>()

const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => app.get(Database).transaction(work)

async function person(role: Role, email: string, memberId?: string): Promise<Visitor> {
  const held = { role, scopeId: memberId ?? null }
  const personId = await inTransaction(async (tx) => {
    const id = await app.get(People).add(tx, { name: `Persoon ${email}`, email })
    const scope = memberId ? { scopeId: memberId } : {}
    await app.get(People).assign(tx, { personId: id, role, ...scope, from: DAY_ONE, by: null })
    return id
  })
  return new Visitor(personId, email, email, [held])
}

async function member(number: number): Promise<Delegate> {
  const kind = number <= 2 ? 'supporting' : 'voting'
  const memberId = await inTransaction((tx) =>
    app.get(Members).admit(tx, { number, name: `Lid ${number}`, kind, on: DAY_ONE, by: null }),
  )
  return { memberId, visitor: await person('delegate', `lid-${number}@example.org`, memberId) }
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [
    ...[NoticesModule, IdentityModule, MembersModule, StatutesModule, GuaranteesModule],
  ])
  offers = app.get(Offers)
  guarantees = app.get(Guarantees)
  await app.get(Clock).moveTo(new Date(`${TODAY}T12:00:00+02:00`))
  const records = app.get(GuaranteeRecords)
  await inTransaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    const year = { year: 2019, awardedCents: 603_455_000n, guaranteeBaseCents: 600_000_000n }
    await records.recordYear(tx, year, null)
  })
  for (let number = 1; number <= 8; number++) delegates.push(await member(number))
  for (const role of ['director', 'chair', 'controller'] as const)
    officers.set(role, await person(role, `${role}@example.org`))
  await inTransaction(async (tx) => {
    for (const [at, role] of (['director', 'contractor'] as const).entries()) {
      const { memberId } = delegates[at]!
      await records.recordCapHolder(tx, { memberId, role, holdsFrom: DAY_ONE, by: null })
    }
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const offerAs = (
  { visitor, memberId }: Delegate,
  cents: Cents,
  requestKey: string = randomUUID(),
  reason = '',
) => offers.offer(visitor, { memberId, cents, requestKey, reason })
const officer = (role: Role) => officers.get(role)!
const accept = (role: Role, id: string, reason?: string) =>
  app.get(OfferAnswers).accept(officer(role), id, reason)

/** Who of these accepts the offers of the delegate at this place. */
const accepterOf = (at: number): Role => (at < 2 ? 'chair' : 'director')

async function accepted(at: number, cents: Cents): Promise<string> {
  const { id } = await offerAs(delegates[at]!, cents)
  await accept(accepterOf(at), id)
  return id
}

/** Does everything, as many at once as there are connections; what a rule refuses is refused. */
async function inLanes(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  const left = [...works]
  const lane = async () => {
    for (let work = left.shift(); work; work = left.shift()) await codes(work())
  }
  await Promise.all(Array.from({ length: 20 }, lane))
}

function codesOf(error: unknown): string {
  if (error instanceof RuleViolated) return error.violations.map(({ code }) => code).join(' ')
  throw error
}

const codes = (work: Promise<unknown>) => work.then(() => 'done', codesOf)

async function stateOn(day: string) {
  return guarantees.on(day, (await guarantees.year(2019))!)
}

async function positionOf({ memberId }: Delegate, day = TODAY) {
  return (await guarantees.holdersOn(day)).find((holder) => holder.memberId === memberId)
}

describe('an offer', () => {
  it('is one, when twenty requests have one key; and counts for nothing', async () => {
    const key = randomUUID()
    const founder = delegates[2]!
    const all = await Promise.all(Array.from({ length: 20 }, () => offerAs(founder, 600_000n, key)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(all.filter(({ repeated }) => repeated)).toHaveLength(19)
    expect((await stateOn(TODAY)).coverage.pledgedCents).toBe(0n)
    expect(await positionOf(founder)).toMatchObject({ pledgedCents: 0n, offeredCents: 600_000n })
    expect(await codes(offerAs(founder, 700_000n, key))).toBe('guarantee.requestKeyReused')
    const [written] = await database.owner.query(
      `SELECT count(*)::int AS n FROM notices WHERE template = 'guarantees/changed'`,
    )
    // The delegate and the director, who accepts.
    expect(written.n).toBe(2)
  })

  it('counts from its acceptance on, by two directors at once too, and both sides signed the same', async () => {
    const founder = delegates[2]!
    const [open] = await offers.open()
    await Promise.all(Array.from({ length: 5 }, () => accept('director', open!.id)))
    expect(await positionOf(founder)).toMatchObject({ pledgedCents: 600_000n, offeredCents: 0n })
    expect(await positionOf(founder, '2019-05-31')).toBeUndefined()
    const signatures: { side: string; text: string; sha256: string }[] = await database.owner.query(
      'SELECT side, text, sha256 FROM guarantee_signatures ORDER BY signed_at, side DESC',
    )
    expect(signatures.map(({ side }) => side)).toEqual(['holder', 'cooperative'])
    for (const { text, sha256 } of signatures) {
      expect(sha256Hex(text)).toBe(sha256)
      expect(JSON.parse(text)).toMatchObject({ cents: '600000', reference: 'TZ-2019-1', memberNumber: 3 })
    }
    expect(await codes(offers.withdraw(founder.visitor, open!.id))).toBe('guarantee.alreadyAnswered')
    const more = await accepted(2, 100n)
    expect((await offers.find(more))?.answer?.type).toBe('increased')
  })

  it('is withdrawn by the holder, or refused with a reason, once', async () => {
    const founder = delegates[3]!
    const { id: first } = await offerAs(founder, 500n)
    expect(await codes(offers.withdraw(delegates[4]!.visitor, first))).toBe('guarantee.notYourMember')
    await offers.withdraw(founder.visitor, first)
    await offers.withdraw(founder.visitor, first)
    expect(await codes(accept('director', first))).toBe('guarantee.alreadyAnswered')
    const { id: second } = await offerAs(founder, 500n)
    const answers = app.get(OfferAnswers)
    expect(await codes(answers.refuse(officer('director'), second, ' '))).toBe('guarantee.reasonNeeded')
    await answers.refuse(officer('director'), second, 'Eerst de jaarrekening')
    await answers.refuse(officer('director'), second, 'Eerst de jaarrekening')
    expect((await offers.find(second))?.answer).toMatchObject({ reason: 'Eerst de jaarrekening' })
    expect(await positionOf(founder)).toMatchObject({ pledgedCents: 0n, offeredCents: 0n })
  })

  it('is for who is no delegate of the holder to accept, of the cap by chair or controller', async () => {
    const { id } = await offerAs(delegates[0]!, 100n)
    expect(await codes(accept('director', id))).toBe('guarantee.notForDirector')
    const own = new Visitor(officer('chair').personId, 'x', 'x', [
      { role: 'chair', scopeId: null },
      { role: 'delegate', scopeId: delegates[0]!.memberId },
    ])
    expect(await codes(app.get(OfferAnswers).accept(own, id))).toBe('guarantee.ownHolder')
    await accept('controller', id)
    const { id: other } = await offerAs(delegates[4]!, 100n)
    expect(await codes(accept('chair', other))).toBe('guarantee.onlyDirector')
    await accept('director', other)
  })

  it('over what is required needs a reason, of who offers and of who accepts; over the cap there is none', async () => {
    const founder = delegates[5]!
    expect(await codes(offerAs(founder, 60_000_000n))).toBe('guarantee.overRequired')
    const { id } = await offerAs(founder, 60_000_000n, randomUUID(), 'Voor het geval dat')
    expect(await codes(accept('director', id))).toBe('guarantee.overRequired')
    await offers.withdraw(founder.visitor, id)
    expect(await codes(offerAs(delegates[0]!, 48_000_000n, randomUUID(), 'Graag'))).toBe(
      'guarantee.capExceeded',
    )
    expect(await codes(offerAs(founder, 0n))).toBe('guarantee.notPositive')
  })

  it('is of a member that is one, by its own delegate', async () => {
    const { memberId } = delegates[7]!
    await inTransaction((tx) => app.get(Members).record(tx, memberId, { on: TODAY, type: 'ended' }, null))
    expect(await codes(offerAs(delegates[7]!, 1n))).toBe('guarantee.notAMember')
    const stranger = { visitor: delegates[2]!.visitor, memberId: delegates[3]!.memberId }
    expect(await codes(offerAs(stranger, 1n))).toBe('guarantee.notYourMember')
  })
})

describe('many changes at once near the cap', () => {
  it('never pass it, never pass what is required, and none is lost', async () => {
    const count = repetitions(150, 500)
    const next = seeded(20190601)
    const before = (await stateOn(TODAY)).coverage.pledgedCents
    // Small and large offers, of the cap's holders and of others, of which many would pass a limit.
    const waiting = Array.from({ length: count }, (_, place) => {
      const at = next(7)
      const unit = (at < 2 ? 10_000_000n : 2_000_000n) / BigInt(Math.ceil(count / 25))
      return { at, cents: BigInt(1 + next(20)) * unit, id: '', reference: `TZ-2019-${1_000 + place}` }
    })
    await inTransaction(async (tx) => {
      for (const offer of waiting)
        offer.id = await app.get(GuaranteeRecords).recordMovement(tx, {
          ...{ memberId: delegates[offer.at]!.memberId, type: 'offered', cents: offer.cents, onDay: TODAY },
          ...{ document: offer.reference, by: delegates[offer.at]!.visitor.personId },
        })
    })
    const changes = waiting.flatMap(({ at, id }, place) => [
      () => accept(accepterOf(at), id),
      ...(place % 10 === 0 ? [() => offers.withdraw(delegates[at]!.visitor, id)] : []),
    ])
    await inLanes(changes)
    const { coverage, roomUnderCapCents, pledgedUnderCapCents } = await stateOn(TODAY)
    expect(pledgedUnderCapCents <= 48_000_000n && coverage.pledgedCents <= 60_000_000n).toBe(true)
    expect(coverage.violations).toEqual([])
    const states = await Promise.all(
      waiting.map(async (one) => ({ ...one, ...(await offers.find(one.id))! })),
    )
    const sum = states.reduce(
      (total, { state, cents }) => (state === 'accepted' ? total + cents : total),
      before,
    )
    expect(coverage.pledgedCents).toBe(sum)
    const refused = states.filter(({ state }) => state === 'waiting')
    expect(refused.length).toBeGreaterThan(count / 10)
    // Whatever was refused would not fit any more: nothing was lost on the way.
    for (const { at, cents } of refused) {
      if (at < 2) expect(cents > roomUnderCapCents || cents > coverage.openCents).toBe(true)
      else expect(cents > coverage.openCents).toBe(true)
    }
  }, 300_000)

  it('gives every offer its own reference', async () => {
    const rows: { document: string }[] = await database.owner.query(
      `SELECT document FROM guarantee_movements WHERE type = 'offered'`,
    )
    expect(new Set(rows.map(({ document }) => document)).size).toBe(rows.length)
    expect(rows[0]!.document).toMatch(/^TZ-2019-\d+$/)
  })
})

describe('less', () => {
  let holder: Delegate
  const record = (type: 'accepted' | 'called' | 'callCancelled', cents: Cents, onDay = TODAY) =>
    inTransaction((tx) =>
      app
        .get(GuaranteeRecords)
        .recordMovement(tx, { memberId: holder.memberId, type, cents, onDay, document: 'papier', by: null }),
    )
  beforeAll(async () => {
    holder = await member(20)
    await record('accepted', 1_000n)
  })

  it('by the holder works after the notice, for what is not called by then', async () => {
    const decreases = app.get(Decreases)
    const request = { memberId: holder.memberId, cents: 800n, requestKey: randomUUID() }
    const ids = await Promise.all([1, 2, 3].map(() => decreases.decrease(holder.visitor, request)))
    expect(new Set(ids).size).toBe(1)
    // 13 weeks after 1 June.
    expect(await positionOf(holder, '2019-08-30')).toMatchObject({ pledgedCents: 1_000n })
    expect(await positionOf(holder, '2019-08-31')).toMatchObject({ pledgedCents: 200n })
    const again = { ...request, cents: 201n, requestKey: randomUUID() }
    expect(await codes(decreases.decrease(holder.visitor, again))).toBe('guarantee.overRoom')
    expect(await codes(decreases.decrease(delegates[2]!.visitor, again))).toBe('guarantee.notYourMember')
    await record('called', 700n)
    expect(await positionOf(holder, '2019-08-31')).toMatchObject({ pledgedCents: 700n, calledCents: 700n })
    await expect(record('called', 301n)).rejects.toThrow('guarantee.overRoom')
  })

  it('by the cooperative needs the signature of the holder', async () => {
    const releases = app.get(Releases)
    const request = {
      ...{ memberId: holder.memberId, cents: 300n, document: 'besluit 2019-4', reason: 'Minder nodig' },
      requestKey: randomUUID(),
    }
    expect(await codes(releases.decide(officer('chair'), request))).toBe('guarantee.onlyDirector')
    expect(await codes(releases.decide(officer('director'), { ...request, cents: 301n }))).toBe(
      'guarantee.overRoom',
    )
    expect(await codes(releases.decide(officer('director'), { ...request, document: '', reason: ' ' }))).toBe(
      'guarantee.documentNeeded guarantee.reasonNeeded',
    )
    await Promise.all([1, 2].map(() => releases.decide(officer('director'), request)))
    const again = { ...request, requestKey: randomUUID() }
    expect(await codes(releases.decide(officer('director'), again))).toBe('guarantee.releaseWaits')
    expect(await positionOf(holder)).toMatchObject({ pledgedCents: 1_000n })
    const [{ id } = { id: '' }] = await releases.waiting([holder.memberId])
    expect(await codes(releases.sign(delegates[2]!.visitor, id))).toBe('guarantee.notYourMember')
    await Promise.all([1, 2, 3].map(() => releases.sign(holder.visitor, id)))
    expect(await positionOf(holder)).toMatchObject({ pledgedCents: 700n, calledCents: 700n })
    expect(await codes(releases.decline(holder.visitor, id, 'toch niet'))).toBe('guarantee.releaseAnswered')
    await record('callCancelled', 100n)
    await releases.decide(officer('director'), { ...again, cents: 50n })
    const [open] = await releases.waiting([holder.memberId])
    expect(await codes(releases.withdraw(officer('director'), open!.id, ''))).toBe('guarantee.reasonNeeded')
    await releases.withdraw(officer('director'), open!.id, 'Vergissing')
    expect(await releases.waiting(null)).toEqual([])
  })
})

describe('money paid in', () => {
  it('is booked, stays within the pledge, goes back but for what a call needs, and goes along in a merger', async () => {
    const [holder, heir] = [await member(21), await member(22)]
    const deposits = app.get(Deposits)
    const { memberId } = holder
    const record = (type: 'accepted' | 'called', cents: Cents) =>
      inTransaction((tx) =>
        app
          .get(GuaranteeRecords)
          .recordMovement(tx, { memberId, type, cents, onDay: TODAY, document: 'papier', by: null }),
      )
    await record('accepted', 1_000n)
    const request = {
      memberId,
      cents: 600n,
      onDay: '2019-05-30',
      document: 'afschrift 7',
      requestKey: randomUUID(),
    }
    expect(await codes(deposits.payIn(officer('controller'), { ...request, cents: 1_001n }))).toBe(
      'guarantee.overPledge',
    )
    const early = await deposits
      .payIn(officer('controller'), { ...request, onDay: TODAY })
      .then(() => 'done', codesOf)
    expect(early).toBe('done')
    await deposits.payIn(officer('controller'), { ...request, onDay: TODAY })
    await record('called', 400n)
    const back = { memberId, cents: 201n, document: 'besluit 5', requestKey: randomUUID() }
    expect(await codes(deposits.refund(officer('director'), back))).toBe('guarantee.overPaidIn')
    expect(await codes(deposits.refund(officer('controller'), { ...back, cents: 1n }))).toBe(
      'guarantee.onlyDirector',
    )
    await deposits.refund(officer('director'), { ...back, cents: 50n })
    expect(await booked(memberId)).toEqual({ BSchGar: -550n, BSchOvs: -50n })
    const merger = { fromMemberId: memberId, toMemberId: heir.memberId, document: 'akte', by: null }
    const key = randomUUID()
    const move = () =>
      inTransaction((tx) => app.get(GuaranteeTransfers).transfer(tx, { ...merger, requestKey: key }))
    expect((await Promise.all([move(), move()])).sort()).toEqual([false, true])
    expect(await positionOf(holder)).toMatchObject({
      pledgedCents: 400n,
      calledCents: 400n,
      paidInCents: 400n,
    })
    expect(await positionOf(heir)).toMatchObject({ pledgedCents: 600n, calledCents: 0n, paidInCents: 150n })
    expect(await booked(heir.memberId)).toEqual({ BSchGar: -150n })
  })

  async function booked(memberId: string): Promise<Record<string, bigint>> {
    const rows: { account: string; cents: string }[] = await database.owner.query(
      `SELECT account, sum(cents)::text AS cents FROM postings WHERE member_id = $1 GROUP BY account HAVING sum(cents) <> 0`,
      [memberId],
    )
    expect(app.get(Ledger)).toBeDefined()
    return Object.fromEntries(rows.map(({ account, cents }) => [account, BigInt(cents)]))
  }
})

describe('the snapshot of a year', () => {
  it('is taken when the year is over, once while nothing changes, and again when something does', async () => {
    const snapshots = app.get(GuaranteeSnapshots)
    const take = () => inTransaction((tx) => snapshots.take(tx, 2019, null))
    expect(await codes(take())).toBe('guarantee.snapshotTooEarly')
    await app.get(Clock).moveTo(new Date('2020-02-01T12:00:00+01:00'))
    const [first, repeat] = await Promise.all([take(), take()])
    expect(first.id).toBe(repeat.id)
    expect(first).toMatchObject({ version: 1, referenceDay: '2019-12-31', sha256: sha256Hex(first.content) })
    const held = await guarantees.holdersOn('2019-12-31')
    for (const { memberId, pledgedCents, paidInCents, calledCents } of first.holders)
      expect(held.find((holder) => holder.memberId === memberId)).toMatchObject({
        pledgedCents,
        paidInCents,
        calledCents,
      })
    const carried = first.changes.reduce((sum, { cents }) => sum + cents, 0n)
    expect(carried).toBe(first.holders.reduce((sum, { pledgedCents }) => sum + pledgedCents, 0n))
    await inTransaction((tx) =>
      app.get(GuaranteeRecords).recordMovement(tx, {
        ...{ memberId: delegates[6]!.memberId, type: 'increased', cents: 7n },
        ...{ onDay: '2019-12-31', document: 'laat gevonden', by: null },
      }),
    )
    expect(await take()).toMatchObject({ version: 2 })
    expect((await snapshots.all(2019)).map(({ version }) => version)).toEqual([2, 1])
    expect((await snapshots.ofYear(2019))?.version).toBe(2)
  })
})

describe('the register', () => {
  it.each([
    ...['guarantee_movements', 'guarantee_cap_holders', 'guarantee_signatures', 'guarantee_releases'],
    ...['guarantee_release_answers', 'guarantee_snapshots'],
  ])('%s can neither be changed nor emptied', async (table) => {
    const [column] = await database.owner.query(
      'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 LIMIT 1',
      [table],
    )
    for (const act of [`UPDATE ${table} SET ${column.name} = ${column.name}`, `DELETE FROM ${table}`]) {
      await expect(database.application.query(act)).rejects.toMatchObject({ code: '42501' })
      if (act.startsWith('DELETE'))
        await expect(database.owner.query(act)).rejects.toMatchObject({ code: '23001' })
    }
  })
})

/** The same sequence every time (xorshift), from 0 up to but without `below`. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}
