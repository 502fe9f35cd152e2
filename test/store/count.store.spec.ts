import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choices } from '../../libs/assemblies/rules/ballot.js'
import { presentAt } from '../../libs/assemblies/rules/presence.js'
import { countElectors } from '../../libs/assemblies/rules/tally.js'
import { countPoll, readCasterIds } from '../../libs/assemblies/store/count.store.js'
import { readElectors } from '../../libs/assemblies/store/poll.store.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'
import { repetitions } from '../support/repetitions.js'

const CLOSED_AT = new Date('2020-02-15T20:00:00Z')
const members = Array.from({ length: 10 }, () => randomUUID())
const person = randomUUID()
const place = fc.nat({ max: members.length - 1 })

/** What one member is in a poll: perhaps an elector, perhaps with a holder; and how it came and went. */
const member = fc.record({
  mayVote: fc.boolean(),
  weight: fc.integer({ min: 1, max: 9 }),
  choice: fc.option(fc.constantFrom(...choices)),
  holder: fc.option(place),
  casters: fc.array(place, { maxLength: 3 }),
  comings: fc.array(
    fc.record({ kind: fc.constantFrom('in', 'out'), minute: fc.integer({ min: -2, max: 2 }) }),
    {
      maxLength: 4,
    },
  ),
})
const poll = fc.record({
  isClosed: fc.boolean(),
  members: fc.array(member, { maxLength: members.length }),
})
type Poll = typeof poll extends fc.Arbitrary<infer P> ? P : never

describe('counting in the database', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
    await database.owner.query(`INSERT INTO people (id, name, email) VALUES ($1, 'X', 'x@example.org')`, [
      person,
    ])
    await database.owner.query(
      'INSERT INTO members (id, number) SELECT id, number FROM unnest($1::uuid[]) WITH ORDINALITY AS m(id, number)',
      [members],
    )
  })
  afterAll(() => database.drop())

  it('agrees with the rule, whoever votes, is there, comes, goes and gives a proxy', async () => {
    await fc.assert(
      fc.asyncProperty(poll, async (given) => {
        const pollId = await write(given)
        const at = given.isClosed ? CLOSED_AT : new Date('2100-01-01')
        const there = presentAt(logOf(given), at)
        const expected = countElectors(
          electorsOf(given).map((elector) => ({ ...elector, checkedIn: there.has(elector.memberId) })),
        )
        await database.application.transaction(async (tx) => {
          const [before] = await tx.query('SHOW work_mem')
          expect(await countPoll(tx, pollId)).toEqual(expected)
          expect(countElectors(await readElectors(tx, pollId))).toEqual(expected)
          expect((await readCasterIds(tx, pollId)).sort()).toEqual(
            [...new Set(electorsOf(given).flatMap(({ casterIds }) => casterIds))].sort(),
          )
          // What the count asks of the planner holds for the count alone.
          expect(await tx.query('SHOW work_mem')).toEqual([before])
          expect(await tx.query('SHOW enable_nestloop')).toEqual([{ enable_nestloop: 'on' }])
        })
      }),
      { numRuns: repetitions(60, 1000) },
    )
  })

  const electorsOf = ({ members: all }: Poll) =>
    all
      .flatMap(({ mayVote, weight, choice, holder, casters }, at) => ({
        mayVote,
        ...{ memberId: members[at]!, weight, choice },
        holderId: holder === null || holder === at ? null : members[holder]!,
        casterIds: casters.map((caster) => members[caster]!),
      }))
      .filter(({ mayVote }) => mayVote)

  const logOf = ({ members: all }: Poll) =>
    all.flatMap(({ comings }, at) =>
      comings.map(({ kind, minute }) => ({
        memberId: members[at]!,
        kind: kind as 'in' | 'out',
        at: new Date(CLOSED_AT.getTime() + minute * 60_000),
      })),
    )

  async function write(given: Poll): Promise<string> {
    const [assemblyId, motionId, pollId] = [randomUUID(), randomUUID(), randomUUID()]
    const run = (sql: string, params: unknown[]) => database.owner.query(sql, params)
    await run(
      `WITH assembly AS (
         INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
         VALUES ($1, 'ALV', 'ordinary', '2020-02-15', now(), 'hier', '2020-01-15')),
       motion AS (
         INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
         VALUES ($2, $1, 1, 'Voorstel', 'Vraag?', '', 'ordinary', now()))
       INSERT INTO polls (id, motion_id, assembly_id, rule, opened_at, opened_by, closed_at, closed_by)
       VALUES ($3, $2, $1, '{}', '2020-02-15T19:00Z', $4, $5, $6)`,
      [assemblyId, motionId, pollId, person, ...(given.isClosed ? [CLOSED_AT, person] : [null, null])],
    )
    await run(
      `INSERT INTO attendance_events (assembly_id, member_id, kind, at, recorded_by, by_secretary)
       SELECT $1, e."memberId", e.kind, e.at, $2, true
       FROM jsonb_to_recordset($3::jsonb) AS e("memberId" uuid, kind text, at timestamptz)`,
      [assemblyId, person, JSON.stringify(logOf(given))],
    )
    const electors = electorsOf(given).map((elector) => ({
      ...elector,
      proxyId: elector.holderId && randomUUID(),
    }))
    const rows = `jsonb_to_recordset($1::jsonb) AS e("memberId" uuid, weight integer, choice text, "holderId" uuid,
      "proxyId" uuid, "casterIds" uuid[])`
    const text = JSON.stringify(electors)
    await run(
      `INSERT INTO proxies (id, assembly_id, principal_id, holder_id, instruction, by_letter, granted_at, granted_by)
       SELECT "proxyId", $2, "memberId", "holderId", '', false, now(), $3 FROM ${rows} WHERE "proxyId" IS NOT NULL`,
      [text, assemblyId, person],
    )
    await run(
      `INSERT INTO electors (poll_id, member_id, member_number, member_name, weight, caster_ids, holder_id, proxy_id)
       SELECT $2, "memberId", 1, 'Lid', weight, "casterIds", "holderId", "proxyId" FROM ${rows}`,
      [text, pollId],
    )
    await run(
      `INSERT INTO ballots (poll_id, member_id, choice, cast_by, cast_at, reference)
       SELECT $2, "memberId", choice, $3, now(), 'R' FROM ${rows} WHERE choice IS NOT NULL`,
      [text, pollId, person],
    )
    return pollId
  }
})
