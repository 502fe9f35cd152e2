import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CaseRequest,
  CaseSteps,
  Cases,
  Departures,
  MergedGuarantees,
  type StepRequest,
} from '#departures'
import { GuaranteeRecords, Guarantees } from '#guarantees'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import { Clock, Database, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { domainModules } from '../../apps/domain.modules.js'
import { startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

let database: TestDatabase
let app: INestApplicationContext
let director: Visitor
const delegates: { memberId: string; visitor: Visitor }[] = []

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, domainModules)
  await app.get(Clock).moveTo(new Date('2020-02-17T12:00:00+01:00'))
  await app.get(Database).transaction(async (tx) => {
    await app.get(Statutes).record(tx, demoStatutes)
    const person = (name: string) => app.get(People).add(tx, { name, email: `${name}@example.org` })
    const id = await person('bestuurder')
    director = new Visitor(id, 'Bestuurder', 'bestuurder@example.org', [{ role: 'director', scopeId: null }])
    for (let number = 1; number <= 8; number++) {
      const joined = { number, name: `Lid ${number}`, kind: 'voting', on: '2019-01-01', by: null } as const
      const memberId = await app.get(Members).admit(tx, joined)
      const personId = await person(`lid-${number}`)
      const role = { role: 'delegate' as const, scopeId: memberId }
      await app.get(People).assign(tx, { personId, ...role, from: '2019-01-01', by: null })
      delegates.push({ memberId, visitor: new Visitor(personId, `Lid ${number}`, '', [role]) })
    }
  })
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

/** A decision that stands on paper, not in our own register. */
const MINUTES = 'Notulen van de ALV, punt 4'

const begin = (visitor: Visitor, at: number, request: Partial<CaseRequest> & Pick<CaseRequest, 'type'>) =>
  app.get(Cases).begin(visitor, {
    memberId: delegates[at]!.memberId,
    reason: 'Omdat',
    requestKey: randomUUID(),
    ...request,
  })
const take = (
  visitor: Visitor,
  id: string,
  step: StepRequest['step'],
  decisionNumber: string | null = null,
) => app.get(CaseSteps).take(visitor, id, { step, note: 'Toelichting', decisionNumber })
const statusOn = async (at: number, day: string) =>
  (await app.get(Members).find(delegates[at]!.memberId, day))?.status

async function outcomes(attempts: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(attempts)
  return settled
    .map((one) => {
      if (one.status === 'fulfilled') return 'done'
      if (!(one.reason instanceof RuleViolated)) throw one.reason
      return one.reason.violations.map(({ code }) => code).join(' ')
    })
    .sort()
}

describe('a resignation', () => {
  it('ten requests with one key are one case, and one end in the register', async () => {
    const requestKey = randomUUID()
    const { visitor } = delegates[0]!
    const all = await Promise.all(
      Array.from({ length: 10 }, () => begin(visitor, 0, { type: 'resigned', requestKey })),
    )
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1)
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect(await statusOn(0, '2020-12-31')).toBe('member')
    expect(await statusOn(0, '2021-01-01')).toBe('former')
    const request = { type: 'kindSwitch' as const, requestKey }
    await expect(begin(visitor, 0, request)).rejects.toThrow('departure.requestKeyReused')
    const mails = await database.owner.query(
      `SELECT count(*)::int AS n FROM notices WHERE template = 'departures/membership-changed'`,
    )
    expect(mails[0].n).toBe(1)
  })

  it('two at once with different keys: one is recorded', async () => {
    const { visitor } = delegates[1]!
    const attempts = [1, 2].map(() => begin(visitor, 1, { type: 'resigned' }))
    expect(await outcomes(attempts)).toEqual(['departure.alreadyLeaving', 'done'])
  })

  it('is withdrawn, and again; then the membership runs on', async () => {
    const { visitor, memberId } = delegates[1]!
    const [departure] = await app.get(Departures).of([memberId])
    await Promise.all([1, 2, 3].map(() => take(visitor, departure!.id, 'withdrawn')))
    expect(await statusOn(1, '2021-01-01')).toBe('member')
    expect((await app.get(Departures).find(departure!.id))?.steps).toHaveLength(1)
  })

  it('is for the own member only; the director does not resign for a member', async () => {
    await expect(begin(delegates[2]!.visitor, 3, { type: 'resigned' })).rejects.toThrow(
      'departure.notYourMember',
    )
    await expect(begin(director, 3, { type: 'resigned' })).rejects.toThrow('departure.notYourMember')
  })

  it('at once within a month after rights were restricted', async () => {
    const { visitor } = delegates[7]!
    const late = { type: 'resigned' as const, knownOn: '2020-01-10' }
    await expect(begin(visitor, 7, late)).rejects.toThrow('departure.monthPassed')
    await begin(visitor, 7, { type: 'resigned', knownOn: '2020-01-20' })
    expect(await statusOn(7, '2020-02-16')).toBe('member')
    expect(await statusOn(7, '2020-02-17')).toBe('former')
  })
})

describe('the director', () => {
  it('upholding and overturning at once: one outcome', async () => {
    const { id } = await begin(director, 2, { type: 'expelled' })
    expect(await statusOn(2, '2020-02-17')).toBe('suspended')
    await expect(take(director, id, 'lapsed')).rejects.toThrow('departure.appealStillOpen')
    await take(delegates[2]!.visitor, id, 'appealed')
    await expect(take(director, id, 'upheld', '2020-01')).rejects.toThrow('departure.decisionUnknown')
    const attempts = [take(director, id, 'upheld', MINUTES), take(director, id, 'overturned', MINUTES)]
    expect(await outcomes(attempts)).toEqual(['departure.closed', 'done'])
    const [outcome] = (await app.get(Departures).find(id))!.steps.filter(({ type }) => type !== 'appealed')
    expect(await statusOn(2, '2020-02-17')).toBe(outcome!.type === 'upheld' ? 'former' : 'member')
  })

  it('suspends and lifts', async () => {
    const { id } = await begin(director, 3, { type: 'suspended' })
    await expect(begin(director, 3, { type: 'suspended' })).rejects.toThrow('departure.alreadySuspended')
    await take(director, id, 'lifted')
    await take(director, id, 'lifted')
    expect(await statusOn(3, '2020-02-17')).toBe('member')
  })

  it('records a merger, which takes the place of a later end', async () => {
    const first = await begin(delegates[4]!.visitor, 4, { type: 'resigned' })
    const merged = { type: 'merged' as const, takesEffectOn: '2020-03-01' }
    const own = { ...merged, successorMemberId: delegates[4]!.memberId }
    await expect(begin(director, 4, own)).rejects.toThrow('departure.successorNotAMember')
    const [gone, heir] = [delegates[4]!.memberId, delegates[5]!.memberId]
    await app.get(Database).transaction((tx) =>
      app.get(GuaranteeRecords).recordMovement(tx, {
        ...{
          memberId: gone,
          type: 'accepted',
          cents: 500n,
          onDay: '2020-01-01',
          document: 'papier',
          by: null,
        },
      }),
    )
    await begin(director, 4, { ...merged, successorMemberId: heir })
    expect((await app.get(Departures).find(first.id))?.state).toBe('superseded')
    expect(await statusOn(4, '2020-02-29')).toBe('member')
    expect(await statusOn(4, '2020-03-01')).toBe('former')
    const today = app.get(Clock).now()
    const pledged = async (memberId: string) =>
      (await app.get(Guarantees).holdersOn(app.get(Clock).today())).find((one) => one.memberId === memberId)
        ?.pledgedCents
    await app.get(MergedGuarantees).transferDue(app.get(Clock).today())
    expect(await pledged(gone)).toBe(500n)
    await app.get(Clock).moveTo(new Date('2020-03-01T12:00:00+01:00'))
    for (let times = 0; times < 2; times++) await app.get(MergedGuarantees).transferDue('2020-03-01')
    expect([await pledged(gone), await pledged(heir)]).toEqual([0n, 500n])
    await app.get(Clock).moveTo(today)
  })

  it('approves another kind, and does not decide about the own member', async () => {
    const { id } = await begin(delegates[6]!.visitor, 6, { type: 'kindSwitch' })
    const memberId = delegates[6]!.memberId
    const both = new Visitor(director.personId, director.name, director.email, [
      ...director.roles,
      { role: 'delegate', scopeId: memberId },
    ])
    await expect(take(both, id, 'approved')).rejects.toThrow('departure.ownMember')
    await take(director, id, 'approved')
    expect((await app.get(Members).find(memberId, '2020-02-17'))?.kind).toBe('supporting')
  })
})

it.each(['departures', 'departure_steps'])('%s can neither be changed nor emptied', async (table) => {
  for (const act of [`UPDATE ${table} SET recorded_at = now()`, `DELETE FROM ${table}`]) {
    await expect(database.application.query(act)).rejects.toMatchObject({ code: '42501' })
    await expect(database.owner.query(act)).rejects.toMatchObject({ code: '23001' })
  }
})
