import type { Cents, Day } from '#kernel'
import type { Tx } from '#platform'
import type { Span } from '../rules/joining.js'
import type { BankLine } from '../rules/open-item.js'
import { BankLineRow, BankStatementRow } from './statement-entities.js'

/** How far a line is: nothing proposed, waiting for a second person, or done. */
export type LineState = 'open' | 'waiting' | 'settled' | 'aside'

/** A line with what became of it. */
export interface StoredLine extends BankLine {
  iban: string
  statementId: string | null
  reversal: boolean
  bankReference: string
  enteredAt: Date
  enteredBy: string
  settledCents: Cents
  asideCents: Cents
  /** What nobody has said anything about, signed as the line. */
  openCents: Cents
  state: LineState
}

const LINES = `
  SELECT l.id, l.iban, l.statement_id AS "statementId", l.reference AS "statementReference",
    l.booked_on AS "bookedOn", l.cents, l.counterparty_name AS "counterpartyName",
    l.counterparty_iban AS "counterpartyIban", l.description, l.end_to_end_id AS "endToEndId",
    l.return_reason AS "returnReason", l.reversal, l.bank_reference AS "bankReference",
    l.entered_at AS "enteredAt", l.entered_by AS "enteredBy",
    coalesce(p.settled, 0)::bigint AS "settledCents", coalesce(p.aside, 0)::bigint AS "asideCents",
    coalesce(p.waiting, false) AS waiting
  FROM bank_lines l
  LEFT JOIN LATERAL (
    SELECT sum(p.cents) FILTER (WHERE o.outcome = 'confirmed' AND p.kind = 'match') AS settled,
      sum(p.cents) FILTER (WHERE o.outcome = 'confirmed' AND p.kind = 'aside') AS aside,
      bool_or(o.outcome IS NULL) AS waiting
    FROM bank_proposals p LEFT JOIN bank_proposal_outcomes o ON o.proposal_id = p.id
    WHERE p.line_id = l.id) p ON true`

type LineRow = Omit<StoredLine, 'openCents' | 'state'> & { waiting: boolean }

function lineOf({ waiting, ...row }: LineRow): StoredLine {
  const openCents = row.cents - row.settledCents - row.asideCents
  const done = row.settledCents !== 0n ? 'settled' : 'aside'
  return { ...row, openCents, state: waiting ? 'waiting' : openCents === 0n ? done : 'open' }
}

export async function findLine(tx: Tx, id: string): Promise<StoredLine | null> {
  const [row]: LineRow[] = await tx.query(`${LINES} WHERE l.id = $1`, [id])
  return row ? lineOf(row) : null
}

export async function findLineByRequest(tx: Tx, requestKey: string): Promise<{ id: string } | null> {
  return tx.getRepository(BankLineRow).findOne({ where: { requestKey }, select: { id: true } })
}

export async function readLinesOfStatement(tx: Tx, statementId: string): Promise<StoredLine[]> {
  const rows: LineRow[] = await tx.query(`${LINES} WHERE l.statement_id = $1 ORDER BY l.booked_on, l.id`, [
    statementId,
  ])
  return rows.map(lineOf)
}

/** Lines of which something is left or waits for a second person, the oldest first. */
export async function readUnfinishedLines(tx: Tx): Promise<StoredLine[]> {
  const rows: LineRow[] = await tx.query(
    `${LINES} WHERE coalesce(p.waiting, false) OR l.cents <> coalesce(p.settled, 0) + coalesce(p.aside, 0)
     ORDER BY l.booked_on, l.id`,
  )
  return rows.map(lineOf)
}

/** The lines that were finished, the latest first. */
export async function readFinishedLines(tx: Tx, most: number): Promise<StoredLine[]> {
  const rows: LineRow[] = await tx.query(
    `${LINES} WHERE NOT coalesce(p.waiting, false) AND l.cents = coalesce(p.settled, 0) + coalesce(p.aside, 0)
     ORDER BY l.booked_on DESC, l.id DESC LIMIT $1`,
    [most],
  )
  return rows.map(lineOf)
}

/** Other lines of the same amount within a few days, of which one came by hand: most likely the same money. */
export async function readLookalikes(tx: Tx, { id, cents, bookedOn }: StoredLine): Promise<StoredLine[]> {
  const rows: LineRow[] = await tx.query(
    `${LINES} WHERE l.id <> $1 AND l.cents = $2 AND l.booked_on BETWEEN $3::date - 5 AND $3::date + 5
       AND (l.statement_id IS NULL) <> (SELECT statement_id IS NULL FROM bank_lines WHERE id = $1)
     ORDER BY l.booked_on, l.id`,
    [id, cents.toString(), bookedOn],
  )
  return rows.map(lineOf)
}

const STATEMENTS = `
  SELECT s.id, s.import_id AS "importId", s.iban, s.reference, s.from_day AS "fromDay", s.through_day AS "throughDay",
    s.opening_cents AS "openingCents", s.closing_cents AS "closingCents",
    (SELECT count(*)::int FROM bank_lines l WHERE l.statement_id = s.id) AS lines,
    i.file_name AS "fileName", i.sha256, i.imported_at AS "importedAt", i.imported_by AS "importedBy"
  FROM bank_statements s JOIN bank_imports i ON i.id = s.import_id`

/** A statement with the file that it came in. */
export interface ListedStatement extends BankStatementRow {
  lines: number
  fileName: string
  sha256: string
  importedAt: Date
  importedBy: string
}

export async function findStatement(tx: Tx, id: string): Promise<ListedStatement | null> {
  const [row]: ListedStatement[] = await tx.query(`${STATEMENTS} WHERE s.id = $1`, [id])
  return row ?? null
}

/** The latest statements first. */
export async function readStatements(tx: Tx, most: number): Promise<ListedStatement[]> {
  return tx.query(`${STATEMENTS} ORDER BY s.through_day DESC, s.reference DESC LIMIT $1`, [most])
}

/** Where the statements of an account lie, to see whether others join to them. */
export async function readSpans(tx: Tx, iban: string): Promise<Span[]> {
  const rows = await tx.getRepository(BankStatementRow).findBy({ iban })
  return rows.map(({ reference, fromDay, throughDay, openingCents, closingCents }) => ({
    ...{ reference, fromDay, throughDay, openingCents, closingCents },
  }))
}

/** The last statement of a file that was handed in with a request. */
export async function findImported(tx: Tx, requestKey: string): Promise<{ statementId: string } | null> {
  const [found]: { statementId: string }[] = await tx.query(
    `SELECT s.id AS "statementId" FROM bank_imports i JOIN bank_statements s ON s.import_id = i.id
     WHERE i.request_key = $1 ORDER BY s.through_day DESC LIMIT 1`,
    [requestKey],
  )
  return found ?? null
}

/** Whoever adds statements to an account, or a line by hand, waits here for the other. */
export async function lockAccount(tx: Tx, iban: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('bank account ' || $1, 0))`, [iban])
}

/** Whoever says what a line is for waits here for the other. */
export async function lockLine(tx: Tx, id: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('bank line ' || $1, 0))`, [id])
}

/** How many lines of a year were entered by hand; the caller holds the lock on the account. */
export async function countByHand(tx: Tx, day: Day): Promise<number> {
  const [{ count }] = (await tx.query(
    `SELECT count(*)::int AS count FROM bank_lines WHERE statement_id IS NULL AND reference LIKE $1`,
    [`BH-${day.slice(0, 4)}-%`],
  )) as [{ count: number }]
  return count
}
