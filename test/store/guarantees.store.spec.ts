import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GuaranteeRecords, Guarantees, GuaranteesModule, Pledges } from '#guarantees'
import { IdentityModule, People } from '#identity'
import { type Cents, RuleViolated } from '#kernel'
import { Members, MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { Clock, Database, Visitor } from '#platform'
import { Statutes, StatutesModule } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const DAY_ONE = '2019-01-01'

let database: TestDatabase
let app: INestApplicationContext
let pledges: Pledges
let guarantees: Guarantees
/** The delegates of Zorgbelang (director), GSMO (contractor) and four founders. */
const delegates: { memberId: string; visitor: Visitor }[] = []

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [
    NoticesModule,
    IdentityModule,
    MembersModule,
    StatutesModule,
    GuaranteesModule,
  ])
  pledges = app.get(Pledges)
  guarantees = app.get(Guarantees)
  await app.get(Clock).moveTo(new Date('2019-06-01T12:00:00+02:00'))
  await app.get(Database).transaction(async (tx) => {
    const records = app.get(GuaranteeRecords)
    await app.get(Statutes).record(tx, demoStatutes)
    await records.recordYear(
      tx,
      { year: 2019, awardedCents: 603_455_000n, guaranteeBaseCents: 600_000_000n },
      null,
    )
    for (let number = 1; number <= 6; number++) {
      const kind = number <= 2 ? 'supporting' : 'voting'
      const memberId = await app
        .get(Members)
        .admit(tx, { number, name: `Lid ${number}`, kind, on: DAY_ONE, by: null })
      const email = `lid-${number}@example.org`
      const personId = await app.get(People).add(tx, { name: `Afgevaardigde ${number}`, email })
      const role = { role: 'delegate' as const, scopeId: memberId }
      await app.get(People).assign(tx, { personId, ...role, from: DAY_ONE, by: null })
      delegates.push({ memberId, visitor: new Visitor(personId, email, email, [role]) })
    }
    const [director, contractor] = delegates.map(({ memberId }) => memberId) as [string, string]
    await records.recordCapHolder(tx, { memberId: director, role: 'director', holdsFrom: DAY_ONE, by: null })
    await records.recordCapHolder(tx, {
      memberId: contractor,
      role: 'contractor',
      holdsFrom: DAY_ONE,
      by: null,
    })
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

const pledgeAs = (at: number, cents: Cents, requestKey: string = randomUUID()) =>
  pledges.pledge(delegates[at]!.visitor, { memberId: delegates[at]!.memberId, cents, requestKey })

/** How often each thing happened: `recorded`, `repeated`, or the codes of the rules that refused. */
async function outcomes(attempts: Promise<{ repeated: boolean }>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const settled of await Promise.allSettled(attempts)) {
    const outcome =
      settled.status === 'fulfilled'
        ? settled.value.repeated
          ? 'repeated'
          : 'recorded'
        : codesOf(settled.reason)
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}

function codesOf(error: unknown): string {
  if (error instanceof RuleViolated) return error.violations.map(({ code }) => code).join(' ')
  throw error
}

async function stateOn(day: string) {
  const year = await guarantees.year(2019)
  return guarantees.on(day, year!)
}

describe('pledging at the same time', () => {
  it('twenty requests with one key are one pledge', async () => {
    const key = randomUUID()
    expect(await outcomes(Array.from({ length: 20 }, () => pledgeAs(2, 600_000n, key)))).toEqual({
      recorded: 1,
      repeated: 19,
    })
    expect((await stateOn('2019-06-01')).coverage.pledgedCents).toBe(600_000n)
    const [written] = await database.owner.query(
      `SELECT count(*)::int AS n FROM notices WHERE template = 'guarantees/pledge-recorded'`,
    )
    expect(written.n).toBe(1)
    await expect(pledgeAs(2, 700_000n, key)).rejects.toThrow('guarantee.requestKeyReused')
  })

  it('fifty of the director and the contractor together never pass the cap that they share, and fill it', async () => {
    // € 10,000 each; together at most 80% of € 600,000: 48 of the 50.
    const attempts = Array.from({ length: 50 }, (_, at) => pledgeAs(at % 2, 1_000_000n))
    expect(await outcomes(attempts)).toEqual({ recorded: 48, 'guarantee.capExceeded': 2 })
    const { coverage, roomUnderCapCents } = await stateOn('2019-06-01')
    expect(coverage).toMatchObject({ pledgedCents: 48_600_000n, capCents: 48_000_000n, violations: [] })
    expect(roomUnderCapCents).toBe(0n)
  })

  it('fifty of other members never pass what is required, and fill it', async () => {
    // € 114,000 is open: 38 times € 3,000.
    const attempts = Array.from({ length: 50 }, (_, at) => pledgeAs(2 + (at % 4), 300_000n))
    expect(await outcomes(attempts)).toEqual({ recorded: 38, 'guarantee.overRequired': 12 })
    expect((await stateOn('2019-06-01')).coverage).toMatchObject({ pledgedCents: 60_000_000n, openCents: 0n })
  })

  it('gives every pledge its own reference', async () => {
    const rows: { document: string }[] = await database.owner.query(
      'SELECT document FROM guarantee_movements',
    )
    expect(new Set(rows.map(({ document }) => document)).size).toBe(rows.length)
    expect(rows[0]!.document).toMatch(/^TZ-2019-\d+$/)
  })
})

describe('the register', () => {
  it('answers as of a day', async () => {
    expect((await stateOn('2019-05-31')).coverage).toMatchObject({ pledgedCents: 0n, openCents: 60_000_000n })
    // Which two of the fifty were refused, and so who of both has more, is a matter of chance.
    const [first, second] = (await stateOn('2019-06-01')).holders
    expect(first!.pledgedCents + second!.pledgedCents).toBe(48_000_000n)
    expect(first!.paidInCents).toBe(0n)
  })

  it('lets a delegate pledge for the own member only', async () => {
    const [mine, other] = delegates.slice(2) as [(typeof delegates)[0], (typeof delegates)[0]]
    const request = { memberId: other.memberId, cents: 1n, requestKey: randomUUID() }
    await expect(pledges.pledge(mine.visitor, request)).rejects.toThrow('guarantee.notYourMember')
  })

  it('refuses a pledge of a member that left', async () => {
    const { memberId } = delegates[5]!
    await app
      .get(Database)
      .transaction((tx) => app.get(Members).record(tx, memberId, { on: '2019-06-01', type: 'ended' }, null))
    await expect(pledgeAs(5, 1n)).rejects.toThrow('guarantee.notAMember')
  })

  it.each(['guarantee_movements', 'guarantee_cap_holders'])(
    '%s can neither be changed nor emptied',
    async (table) => {
      for (const act of [`UPDATE ${table} SET recorded_at = now()`, `DELETE FROM ${table}`]) {
        await expect(database.application.query(act)).rejects.toMatchObject({ code: '42501' })
        await expect(database.owner.query(act)).rejects.toMatchObject({ code: '23001' })
      }
    },
  )
})
