import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AssemblyRecords, Ballots, Papers, Polls, Proceedings } from '#assemblies'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Members } from '#members'
import {
  Minutes,
  MinutesApproving,
  MinutesChecking,
  MinutesModule,
  MinutesOffering,
  MinutesWriting,
} from '#minutes'
import { Database, type Role, sha256Bytes, sha256Hex, Visitor } from '#platform'
import { Statutes } from '#statutes'
import { demoStatutes } from '../../apps/demo/statutes.js'
import { MinutesPaper } from '../../libs/minutes/minutes-paper.js'
import { assemblyModules, startContext } from '../support/context.js'
import { createTestDatabase, type TestDatabase } from '../support/database.js'

const HELD_ON = '2020-02-15'
const MEMBERS = 3

let database: TestDatabase
let app: INestApplicationContext
let writing: MinutesWriting
let offering: MinutesOffering
let approving: MinutesApproving
let minutes: Minutes
let polls: Polls
let chair: Visitor
let secretary: Visitor
const delegates: Visitor[] = []
/** The assembly that is over, and the next one. */
let assemblyId: string
let nextId: string

const query = (sql: string, params: unknown[] = []) => database.owner.query(sql, params)
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof RuleViolated) return error.violations[0]!.code
      throw error
    },
  )
const known = async () => (await minutes.of(assemblyId))!
const remarksOf = async (key: string) =>
  (await known()).latest.content.sections.find((one) => one.key === key)!.remarks
const type = (section: string, remarks: string, version: number, by = secretary) =>
  writing.edit(assemblyId, { section, remarks, version }, by)

async function newAssembly(): Promise<{ id: string; motionId: string }> {
  const [id, motionId] = [randomUUID(), randomUUID()]
  await query(
    `INSERT INTO assemblies (id, title, kind, held_on, starts_at, place, convened_on)
     VALUES ($1, 'ALV', 'ordinary', $2, '2020-02-15T10:00:00+01:00', 'Zaal', '2020-01-31')`,
    [id, HELD_ON],
  )
  await query(
    `INSERT INTO motions (id, assembly_id, position, title, question, explanation, decision_type, submitted_at)
     VALUES ($1, $2, 1, 'Werkplan', 'Stelt de ALV het werkplan vast?', '', 'ordinary', '2020-01-31T09:00:00+01:00')`,
    [motionId, id],
  )
  return { id, motionId }
}

async function vote(assembly: string, motionId: string, choice: string): Promise<string> {
  const poll = await openPoll(assembly, motionId)
  return decide(poll, choice)
}

const openPoll = (assembly: string, motionId: string) => polls.open(assembly, motionId, chair)

async function decide(poll: string, choice: string): Promise<string> {
  for (const { personId, roles } of delegates)
    await app.get(Ballots).cast(poll, roles[0]!.scopeId!, choice, personId)
  await polls.close(poll, chair)
  await polls.declare(poll, chair)
  return poll
}

beforeAll(async () => {
  database = await createTestDatabase('empty')
  app = await startContext(database.url, [...assemblyModules, MinutesModule])
  writing = app.get(MinutesWriting)
  offering = app.get(MinutesOffering)
  approving = app.get(MinutesApproving)
  minutes = app.get(Minutes)
  polls = app.get(Polls)
  const [members, people, statutes] = [app.get(Members), app.get(People), app.get(Statutes)]
  await app.get(Database).transaction(async (tx) => {
    await statutes.record(tx, demoStatutes)
    const person = async (role: Role, name: string, scopeId: string | null) => {
      const email = `${name}@example.org`
      const personId = await people.add(tx, { name, email })
      const assigned = { personId, role, from: '2019-01-01', by: null }
      await people.assign(tx, scopeId ? { ...assigned, scopeId } : assigned)
      return new Visitor(personId, name, email, [{ role, scopeId }])
    }
    for (let number = 1; number <= MEMBERS; number++) {
      const member = { number, name: `Lid ${number}`, kind: 'voting' as const, on: '2019-01-01', by: null }
      delegates.push(await person('delegate', `lid-${number}`, await members.admit(tx, member)))
    }
    chair = await person('chair', 'voorzitter', null)
    secretary = await person('secretary', 'secretaris', null)
  })
})

beforeEach(async () => {
  const { id, motionId } = await newAssembly()
  assemblyId = id
  await vote(id, motionId, 'for')
  await app.get(Proceedings).end(id, chair)
  nextId = (await newAssembly()).id
})

afterAll(async () => {
  await app?.close()
  await database?.drop()
})

describe('minutes', () => {
  it('are drafted once, from the log, after the assembly', async () => {
    expect(await outcome(writing.draft(nextId, secretary))).toBe('minutes.notEnded')
    await Promise.all([writing.draft(assemblyId, secretary), writing.draft(assemblyId, chair)])
    const { latest, state } = await known()
    expect([latest.number, latest.kind, state]).toEqual([1, 'drafted', 'draft'])
    expect(latest.hash).toBe(sha256Hex(latest.text))
    expect(latest.text).toContain('Notulen van de algemene ledenvergadering van 15 februari 2020')
    expect(latest.text).toContain('Stemmen: 3 voor, 0 tegen, 0 blanco.')
    expect(latest.text).toContain('- Lid 1 (lid 1), nam deel door te stemmen')
    expect(latest.text).toContain('er waren 3 van de 3 stemmen aanwezig of vertegenwoordigd')
    await writing.regenerate(assemblyId, secretary)
    expect((await known()).latest.number).toBe(1)
  })

  it('take both of two who write in different parts, and let neither overwrite the other in the same part', async () => {
    await writing.draft(assemblyId, secretary)
    const apart = await Promise.all([
      type('opening', 'Van de een.', 1),
      type('closing', 'Van de ander.', 1, chair),
    ])
    expect(apart.map(({ kind }) => kind)).toEqual(['written', 'written'])
    expect([await remarksOf('opening'), await remarksOf('closing')]).toEqual(['Van de een.', 'Van de ander.'])

    const { number } = (await known()).latest
    const same = await Promise.all([type('attendance', 'A', number), type('attendance', 'B', number, chair)])
    expect(same.map(({ kind }) => kind).sort()).toEqual(['conflict', 'written'])
    const lost = same.find(({ kind }) => kind === 'conflict') as {
      version: number
      theirs: string
      yours: string
    }
    expect(await remarksOf('attendance')).toBe(lost.theirs)
    expect(await type('attendance', lost.yours, lost.version)).toMatchObject({ kind: 'written' })
    expect(await remarksOf('attendance')).toBe(lost.yours)
    expect(await type('attendance', lost.yours, lost.version)).toMatchObject({ kind: 'same' })
    expect(await outcome(type('nergens', 'x', 1))).toBe('minutes.noSection')
    expect(await outcome(type('opening', 'x', 99))).toBe('minutes.noVersion')
  })

  it('take over what the log says later, and keep what was typed', async () => {
    await writing.draft(assemblyId, secretary)
    await type('attendance', 'Er was koffie.', 1)
    await query(
      `INSERT INTO assembly_guests (id, assembly_id, name, came_at, recorded_by)
       VALUES (gen_random_uuid(), $1, 'De notaris', '2020-02-15T10:05:00+01:00', $2)`,
      [assemblyId, secretary.personId],
    )
    expect(await writing.logChanged(assemblyId, (await known()).latest)).toBe(true)
    await writing.regenerate(assemblyId, secretary)
    const { latest } = await known()
    expect([latest.kind, latest.number]).toEqual(['regenerated', 3])
    expect(latest.text).toContain('- De notaris, vanaf 10.05 uur')
    expect(await remarksOf('attendance')).toBe('Er was koffie.')
    expect(await writing.logChanged(assemblyId, latest)).toBe(false)
  })

  it('are approved by the adopted decision only, in the words that stood when the poll opened, and signed once by each', async () => {
    await writing.draft(assemblyId, secretary)
    expect(await outcome(offering.offer(assemblyId, assemblyId, secretary))).toBe('minutes.otherAssembly')
    await offering.offer(assemblyId, nextId, secretary)
    await offering.offer(assemblyId, nextId, secretary)
    const { offer } = await known()
    const motions = await query(
      `SELECT id FROM motions WHERE assembly_id = $1 AND authorises_kind = 'minutes'`,
      [nextId],
    )
    expect(motions).toEqual([{ id: offer!.motionId }])
    expect(await outcome(approving.approve(assemblyId, secretary))).toBe('minutes.notAdopted')

    // A correction before the vote, with the agenda as a second version of the paper.
    await type('opening', 'Verbeterd.', 1)
    await offering.offer(assemblyId, nextId, secretary)
    const papers = (await app.get(Papers).of([offer!.motionId])).get(offer!.motionId)!
    expect(papers.map(({ versions }) => versions.length)).toEqual([2])
    const { sha256 } = papers[0]!.versions[0]!.file
    expect((await known()).papers.map((paper) => paper.sha256)).toContain(sha256)

    const poll = await openPoll(nextId, offer!.motionId)
    expect(await outcome(type('opening', 'Te laat.', 2))).toBe('minutes.voting')
    expect(await outcome(approving.sign(assemblyId, 'chair', 'x', chair))).toBe('minutes.notApproved')
    await decide(poll, 'for')
    expect(await outcome(type('opening', 'Te laat.', 2))).toBe('minutes.adopted')
    await Promise.all([approving.approve(assemblyId, secretary), approving.approve(assemblyId, chair)])
    const approved = await known()
    expect(approved.state).toBe('approved')
    expect(approved.approval).toMatchObject({ version: 2, hash: approved.latest.hash })
    expect(approved.latest.text).toContain('| Verbeterd.')
    expect(await outcome(writing.regenerate(assemblyId, secretary))).toBe('minutes.approved')

    const { hash } = approved.latest
    const both = new Visitor(chair.personId, 'voorzitter', '', [...chair.roles, ...secretary.roles])
    expect(await outcome(approving.sign(assemblyId, 'secretary', hash, chair))).toBe('minutes.notYourOffice')
    expect(await outcome(approving.sign(assemblyId, 'chair', 'f'.repeat(64), chair))).toBe(
      'minutes.otherText',
    )
    await Promise.all([1, 2, 3].map(() => approving.sign(assemblyId, 'chair', hash, chair)))
    expect((await known()).signatures).toHaveLength(1)
    expect(await outcome(approving.sign(assemblyId, 'secretary', hash, both))).toBe('minutes.samePerson')
    const deputy = new Visitor(delegates[0]!.personId, 'x', '', chair.roles)
    expect(await outcome(approving.sign(assemblyId, 'chair', hash, deputy))).toBe('minutes.signedAlready')
    await approving.sign(assemblyId, 'secretary', hash, secretary)
    const signed = await known()
    expect(signed.state).toBe('signed')

    // The PDF is kept as it was made, and known again; so is the number, and the paper of the agenda.
    const pdf = await app.get(MinutesPaper).now(signed)
    const checking = app.get(MinutesChecking)
    expect(await checking.file(signed, pdf)).toMatchObject({
      outcome: 'signed',
      version: 2,
      hash: sha256Bytes(pdf),
    })
    expect(await checking.hash(signed, hash.toUpperCase())).toMatchObject({ outcome: 'signed', version: 2 })
    const first = (await minutes.version(signed.minutes.id, 1))!
    expect(await checking.hash(signed, first.hash)).toMatchObject({ outcome: 'older', version: 1 })
    expect(await checking.hash(signed, 'f'.repeat(64))).toMatchObject({ outcome: 'none' })
    expect(await checking.hash(signed, 'nee')).toMatchObject({ outcome: 'noHash' })
    expect(await checking.file(signed, Buffer.concat([pdf, Buffer.from(' ')]))).toMatchObject({
      outcome: 'none',
    })
    await expectNothingChanges(signed.minutes.id)
  })

  it('go back to the drawing board when they are rejected, and to another assembly', async () => {
    await writing.draft(assemblyId, secretary)
    await offering.offer(assemblyId, nextId, secretary)
    await decide(await openPoll(nextId, (await known()).offer!.motionId), 'against')
    expect((await known()).state).toBe('draft')
    await type('opening', 'Beter.', 1)
    const third = (await newAssembly()).id
    await offering.offer(assemblyId, third, secretary)
    const fourth = (await newAssembly()).id
    expect(await outcome(offering.offer(assemblyId, fourth, secretary))).toBe('minutes.offered')
    await decide(await openPoll(third, (await known()).offer!.motionId), 'for')
    await approving.approve(assemblyId, chair)
    expect((await known()).approval).toMatchObject({ version: 2 })
  })
})

describe('the record of an assembly', () => {
  it('joins all that was logged: speakers, conflicts, amendments, what was voided, disputed, held anew and ruled', async () => {
    const { id, motionId } = await newAssembly()
    const at = (minute: number) => `2020-02-15T10:${minute}:00+01:00`
    const member = (number: number) => delegates[number - 1]!.scopesOf('delegate')[0]!
    const { personId } = secretary
    const amendment = randomUUID()
    await query(
      `INSERT INTO agenda_progress (assembly_id, item_id, kind, at, recorded_by) VALUES ($1, $2, 'begun', $3, $4)`,
      [id, motionId, at(10), personId],
    )
    for (const [kind, minute] of [
      ['asked', 11],
      ['given', 12],
      ['ended', 13],
    ] as const)
      await query(
        `INSERT INTO floor_events (assembly_id, item_id, member_id, kind, at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)`,
        [id, motionId, member(2), kind, at(minute), personId],
      )
    await query(
      `INSERT INTO conflicts_of_interest (item_id, person_id, office, reason, declared_at)
       VALUES ($1, $2, 'secretary', 'Woont er', $3)`,
      [motionId, personId, at(14)],
    )
    await query(
      `INSERT INTO attendance_events (assembly_id, member_id, kind, at, recorded_by, by_secretary)
       VALUES ($1, $2, 'in', $3, $4, true)`,
      [id, member(1), at(10), personId],
    )
    await query(
      `INSERT INTO amendments (id, motion_id, number, position, title, question, base_text, text, reasoning,
         proposer_member_id, submitted_at, submitted_by, withdrawn_at, withdrawn_by)
       VALUES ($1, $2, 1, 1, 'Amendement 1: Werkplan', 'Vraag?', 'Oud.', 'Nieuw.', '', $3, $4, $5, $4, $5)`,
      [amendment, motionId, member(3), at(15), personId],
    )
    await query(
      `INSERT INTO motion_texts (motion_id, number, kind, text, recorded_at, recorded_by) VALUES ($1, 1, 'submitted', 'Oud.', $2, $3)`,
      [motionId, at(10), personId],
    )
    const wrong = await openPoll(id, motionId)
    await query(
      `UPDATE polls SET closed_at = now(), closed_by = $2, voided_at = now(), voided_by = $2, void_reason = 'Te vroeg' WHERE id = $1`,
      [wrong, personId],
    )
    const disputed = await vote(id, motionId, 'against')
    const challenge = randomUUID()
    await query(
      `INSERT INTO challenges (id, poll_id, assembly_id, reason, challenged_at, challenged_by, lapses_at)
       VALUES ($1, $2, $3, 'Verkeerd geteld', now(), $4, now() + interval '5 minutes')`,
      [challenge, disputed, id, delegates[1]!.personId],
    )
    await query(
      `INSERT INTO challenge_supports (challenge_id, member_id, weight, person_id, supported_at) VALUES ($1, $2, 1, $3, now())`,
      [challenge, member(2), delegates[1]!.personId],
    )
    await query(
      `INSERT INTO challenge_majorities (challenge_id, demanding, present, reached_at) VALUES ($1, 2, 3, now())`,
      [challenge],
    )
    await query('UPDATE polls SET replaced_at = now() WHERE id = $1', [disputed])
    const revote = await vote(id, motionId, 'for')
    await query(
      `INSERT INTO rulings (id, decision_id, text, reason, office, ruled_at, ruled_by)
       SELECT gen_random_uuid(), d.id, 'Lid 3 stemde tegen.', 'Schrijffout', 'chair', now(), $2 FROM decisions d WHERE poll_id = $1`,
      [revote, chair.personId],
    )

    const record = (await app.get(AssemblyRecords).of(id))!
    const [item] = record.items
    expect(item).toMatchObject({
      speakers: ['Lid 2'],
      conflicts: [{ name: 'secretaris', office: 'secretary', reason: 'Woont er' }],
      turns: [{ from: new Date(at(10)), until: null }],
      motion: {
        submittedText: 'Oud.',
        amendments: [{ number: 1, proposer: 'Lid 3', withdrawnAt: new Date(at(15)), polls: [] }],
        polls: [
          { voided: { reason: 'Te vroeg' }, result: null },
          {
            text: 'Oud.',
            challenge: { by: 'Lid 2', demanding: 2, replaced: true },
            result: { adopted: false },
          },
          {
            isRevote: true,
            replaces: expect.stringMatching(/^\d{4}-\d\d/),
            rulings: [{ office: 'chair' }],
            result: { adopted: true },
          },
        ],
      },
    })
    expect(record.officers.map(({ office, name }) => [office, name])).toEqual([
      ['chair', 'voorzitter'],
      ['secretary', 'secretaris'],
    ])
    expect(record.members.map(({ name, stays, voted }) => [name, stays.length, voted])).toEqual([
      ['Lid 1', 1, 'there'],
      ['Lid 2', 0, 'there'],
      ['Lid 3', 0, 'there'],
    ])
    expect(record.opening).toMatchObject({ at: new Date(at(10)), quorum: { present: 1, electorate: 3 } })
  })
})

/** As the application's user: no approved text changes, none comes after it, and no signature is of another text. */
async function expectNothingChanges(id: string): Promise<void> {
  const refused: [string, string][] = [
    [`UPDATE minutes_versions SET text = 'x' WHERE minutes_id = $1`, '42501'],
    [`DELETE FROM minutes_signatures WHERE minutes_id = $1`, '42501'],
    [
      `INSERT INTO minutes_versions (minutes_id, number, kind, content, text, hash, recorded_at, recorded_by)
       SELECT minutes_id, 9, 'regenerated', content, text, hash, now(), recorded_by FROM minutes_versions
       WHERE minutes_id = $1 AND number = 1`,
      '23001',
    ],
    [
      `INSERT INTO minutes_signatures (minutes_id, office, version, hash, person_id, name, signed_at)
       SELECT minutes_id, 'chair', number, hash, '${delegates[0]!.personId}', 'x', now() FROM minutes_versions
       WHERE minutes_id = $1 AND number = 1`,
      '23505',
    ],
    [
      `INSERT INTO minutes_approvals SELECT $1, 1, hash, offer_id, decision_id, decision_number, approved_on,
         recorded_at, recorded_by FROM minutes_approvals WHERE minutes_id = $1`,
      '23001',
    ],
  ]
  for (const [statement, code] of refused)
    await expect(database.application.query(statement, [id]), statement).rejects.toMatchObject({ code })
  await expect(
    database.application.query(
      `INSERT INTO minutes_versions (minutes_id, number, kind, content, text, hash, recorded_at, recorded_by)
       SELECT $1, 1, 'regenerated', '{}', 'x', $2, now(), $3`,
      [(await otherMinutes()).id, 'f'.repeat(64), secretary.personId],
    ),
  ).rejects.toMatchObject({ code: '23514' })
}

async function otherMinutes(): Promise<{ id: string }> {
  const { id } = await newAssembly()
  const [row] = await query(
    `INSERT INTO minutes (id, assembly_id, drafted_at, drafted_by) VALUES (gen_random_uuid(), $1, now(), $2) RETURNING id`,
    [id, secretary.personId],
  )
  return row
}
