import type { Day } from '#kernel'
import type { Tx } from '#platform'
import type { DecisionNumber } from '../rules/decision-number.js'
import { DecisionRow } from './decision.entity.js'

/** First key of the advisory locks that hand out decision numbers; the second is the year. */
const DECISION_NUMBERS = 730_032

/** A line of the register of decisions. */
export interface RegisteredDecision extends DecisionNumber {
  id: string
  /** Poll and assembly; null when it was decided without a meeting, which `writtenDecisionId` then names. */
  pollId: string | null
  assemblyId: string | null
  writtenDecisionId: string | null
  title: string
  question: string
  /** What was voted on, with its amendments; null when that is the question alone. */
  text: string | null
  adopted: boolean
  decidedOn: string
}

const LINE = `id, year, sequence, poll_id AS "pollId", assembly_id AS "assemblyId",
  written_decision_id AS "writtenDecisionId", title, question, text, adopted,
  decided_on AS "decidedOn"`

/** The next number of the year. Held until the transaction ends, so that numbers have no gaps. */
export async function nextDecisionNumber(tx: Tx, year: number): Promise<DecisionNumber> {
  await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [DECISION_NUMBERS, year])
  const [last] = await tx.query(
    'SELECT coalesce(max(sequence), 0)::int AS sequence FROM decisions WHERE year = $1',
    [year],
  )
  return { year, sequence: last.sequence + 1 }
}

export async function insertDecision(
  tx: Tx,
  decision: Omit<DecisionRow, 'motion' | 'assembly' | 'poll'>,
): Promise<void> {
  await tx.getRepository(DecisionRow).insert(decision)
}

/** The register, newest first; `search` looks in title and question, whatever the case. */
export async function listDecisions(
  tx: Tx,
  filter: { search: string; year: number | null },
): Promise<RegisteredDecision[]> {
  return tx.query(
    `SELECT ${LINE} FROM decisions
     WHERE ($1 = '' OR title ILIKE $2 OR question ILIKE $2) AND ($3::int IS NULL OR year = $3)
     ORDER BY year DESC, sequence DESC`,
    [filter.search, `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`, filter.year],
  )
}

/** The adopted decisions between two days, the newest first; not those that a re-vote took the place of. */
export async function listAdoptedDecisions(tx: Tx, from: Day, to: Day): Promise<RegisteredDecision[]> {
  return tx.query(
    `SELECT ${LINE} FROM decisions d
     WHERE adopted AND decided_on BETWEEN $1 AND $2
       AND NOT EXISTS (SELECT FROM decisions n WHERE n.replaces_id = d.id)
     ORDER BY year DESC, sequence DESC`,
    [from, to],
  )
}

/** The years that have decisions, newest first. */
export async function listDecisionYears(tx: Tx): Promise<number[]> {
  const rows: { year: number }[] = await tx.query('SELECT DISTINCT year FROM decisions ORDER BY year DESC')
  return rows.map(({ year }) => year)
}

export async function findDecision(tx: Tx, number: DecisionNumber): Promise<RegisteredDecision | null> {
  const [found] = await tx.query(`SELECT ${LINE} FROM decisions WHERE year = $1 AND sequence = $2`, [
    number.year,
    number.sequence,
  ])
  return found ?? null
}

export async function findDecisionOfPoll(tx: Tx, pollId: string): Promise<RegisteredDecision | null> {
  const [found] = await tx.query(`SELECT ${LINE} FROM decisions WHERE poll_id = $1`, [pollId])
  return found ?? null
}

export async function findDecisionAuthorising(
  tx: Tx,
  kind: string,
  id: string,
): Promise<RegisteredDecision | null> {
  const [found] = await tx.query(
    `SELECT ${LINE} FROM decisions WHERE authorises_kind = $1 AND authorises_id = $2
     ORDER BY recorded_at DESC LIMIT 1`,
    [kind, id],
  )
  return found ?? null
}
