import { randomUUID } from 'node:crypto'
import type { INestApplicationContext } from '@nestjs/common'
import { type PastStep, Reports, ReportsEntering, sections } from '#accountability'
import { AccountsOffering } from '#annual-accounts'
import { Ballots, Polls } from '#assemblies'
import { People } from '#identity'
import { LedgerPeriods } from '#ledger'
import { Database, Visitor } from '#platform'
import { MarginMotions, YearClose } from '#risk-margin'
import { PlanJudging, WorkPlans } from '#work-plans'
import { openDraft, pastReports } from '../../apps/demo/oost-reports.js'

const YEAR = 2019

/** Somebody of the demo, with today's roles. */
export async function visitorOf(app: INestApplicationContext, who: string): Promise<Visitor> {
  const people = app.get(People)
  return (await people.visitor((await people.withAddress(`${who}@example.org`))!.id))!
}

/** The assembly of the demo votes on what a motion authorises, all who are present in the same way; the chair declares. */
export async function decideOn(
  app: INestApplicationContext,
  kind: string,
  choice: 'for' | 'against' = 'for',
  authorisedId?: string,
): Promise<void> {
  const { read } = app.get(Database)
  const [motion] = await read.query(
    `SELECT id, assembly_id FROM motions WHERE authorises_kind = $1 AND withdrawn_at IS NULL
     AND ($2::uuid IS NULL OR authorises_id = $2) ORDER BY submitted_at DESC LIMIT 1`,
    [kind, authorisedId ?? null],
  )
  const chair = await visitorOf(app, 'voorzitter')
  const pollId = await app.get(Polls).open(motion.assembly_id, motion.id, chair)
  const electors: { member_id: string; caster_ids: string[] }[] = await read.query(
    `SELECT DISTINCT e.member_id, e.caster_ids FROM electors e
     JOIN attendance_events a ON a.member_id = e.member_id WHERE poll_id = $1`,
    [pollId],
  )
  for (const { member_id, caster_ids } of electors)
    await app.get(Ballots).cast(pollId, member_id, choice, caster_ids[0]!)
  await app.get(Polls).close(pollId, chair)
  await app.get(Polls).declare(pollId, chair)
}

/**
 * Completes 2019 in the demo, so that its margin can be paid out: quarters, books, accounts, discharge, the judgement of
 * the work plan with its confirmation. One goal was only partly met, so the ALV waives that item.
 */
export async function closeYear(app: INestApplicationContext): Promise<void> {
  const director = await visitorOf(app, 'bestuurder')
  const [assembly] = await app.get(Database).read.query('SELECT id FROM assemblies ORDER BY held_on LIMIT 1')
  await closeQuarters(app)
  await closeBooks(app)
  await app.get(AccountsOffering).offer(YEAR, assembly.id, director)
  await decideOn(app, 'annualAccounts')
  await decideOn(app, 'discharge')
  await judgeGoals(app)
  const reason = 'In Overvecht was voor de vierde inloop geen ruimte.'
  await app
    .get(MarginMotions)
    .askWaiver(director, 'workPlan', { year: YEAR, assemblyId: assembly.id, reason })
  await decideOn(app, 'yearCloseWaiver')
  const close = app.get(YearClose)
  const { judgementSha256 } = await close.of(YEAR)
  await close.confirm(await visitorOf(app, 'kascommissie'), YEAR, judgementSha256)
}

/** What the demo left open in the last quarter: late, submitted and returned reports. */
export async function closeQuarters(app: INestApplicationContext): Promise<void> {
  const [coordinator, treasurer, controller] = await Promise.all(
    ['coordinator', 'penningmeester', 'controller'].map((who) => visitorOf(app, who)),
  )
  const at = new Date('2020-02-14T12:00:00Z')
  const written: PastStep[] = [
    { kind: 'completed', by: coordinator!.personId, at },
    { kind: 'submitted', by: treasurer!.personId, at },
  ]
  const reviewed: PastStep[] = [
    { kind: 'approved', by: controller!.personId, at, sections },
    { kind: 'closed', by: controller!.personId, at },
  ]
  for (const { agreement, quarters } of await app.get(Reports).standings()) {
    for (const { quarter, status } of quarters.filter((one) => one.status !== 'approved')) {
      const isWritten = status === 'submitted' || status === 'returned'
      const draft = agreement.areaSlug === 'oost' ? oostAtYearEnd() : storyOfTheLate
      const steps = isWritten ? reviewed : [...written, ...reviewed]
      const past = { draft: isWritten ? {} : draft, savedBy: coordinator!.personId, savedAt: at, steps }
      const address = { area: agreement.areaSlug, quarter: quarter.toString() }
      await app.get(Database).transaction((tx) => app.get(ReportsEntering).enter(tx, address, past))
    }
  }
}

/** What the contractor had not written yet in Vleuten-De Meern. */
const storyOfTheLate = {
  'narrative.wentLess': 'De middag in Haarzuilens begon later.',
  'narrative.why': 'De zaal werd verbouwd.',
  'risks.text': 'Geen.',
}

/** What Oost had typed; what it had not, stands as a quarter before. The rest is asked in the last quarter only. */
function oostAtYearEnd() {
  const typed = Object.entries(openDraft.draft).filter(([, text]) => text !== '')
  return {
    ...pastReports[2]!.draft,
    ...Object.fromEntries(typed),
    'indicators.waardering.value': '7,8',
    'indicators.toegankelijk.value': 'ja',
    'ownMeans.explanation': 'De sponsor kwam een kwartaal later.',
    'socialReturn.explanation': 'Twee plekken zijn pas in januari bezet.',
  }
}

async function closeBooks(app: INestApplicationContext): Promise<void> {
  const controller = await visitorOf(app, 'controller')
  for (const day of ['2019-03-31', '2019-06-30', '2019-09-30', '2019-12-31'])
    await app.get(LedgerPeriods).close(controller, day, 'quarter')
}

async function judgeGoals(app: INestApplicationContext): Promise<void> {
  const [team, municipality] = [await visitorOf(app, 'serviceteam'), await visitorOf(app, 'gemeente')]
  const judging = app.get(PlanJudging)
  for (const { id, state } of (await app.get(WorkPlans).of(YEAR))!.goals.filter(
    (one) => one.state === 'none',
  )) {
    await judging.propose(YEAR, id, { verdict: 'met', evidence: `Proef ${state}`, files: [] }, team)
    await judging.answer(YEAR, id, 1, { answer: 'confirmed', view: '' }, municipality)
  }
}

/** A request key for a form. */
export const aKey = (): string => randomUUID()
