import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { addDays, type Cents, canonicalJson, type Day, RuleViolated } from '#kernel'
import { Clock, Database, Ids, type Tx, violatedConstraint } from '#platform'
import { assertBookable, type Entry, type EntryPosting, reversed } from './rules/entry.js'
import { firstOpenDay } from './rules/periods.js'
import {
  type AccountBalance,
  type BalanceQuery,
  balancesThrough,
  memberBalancesThrough,
  sumThrough,
} from './store/balance.store.js'
import {
  type BookedEntry,
  findById,
  findByKey,
  holdLedger,
  insertEntry,
  readLastClosedDay,
} from './store/journal.store.js'

/**
 * The double-entry book. Append-only: a correction is a reversing entry. That every entry adds up to zero, and that
 * nothing is booked in a closed period, is checked here for a clear message and again by the database.
 */
@Injectable()
export class Ledger {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Books an entry in the caller's transaction. A repeat with the same key and the same lines books nothing
   * and answers with the first entry, also when the two ran at the same time or the period was closed since.
   * @throws RuleViolated `ledger.notBalanced`, `ledger.tooFewPostings`, `ledger.emptyPosting`,
   * `ledger.unknownAccount`; `ledger.keyReused` when the key stands for an entry with other lines;
   * `ledger.periodClosed` when the day can no longer be booked on and the entry does not say what then
   */
  async post(tx: Tx, entry: Entry): Promise<{ entryId: string; posted: boolean }> {
    return this.book(tx, entry, null)
  }

  /**
   * Undoes an entry by one with the opposite lines, on its own day or when that is closed on the first day that is
   * open. An entry is undone once: a repeat answers with the first reversal.
   * @param reason why, for whoever reads the books
   * @throws NotFoundException; RuleViolated `ledger.isReversal`, `ledger.reasonNeeded`
   */
  async reverse(
    tx: Tx,
    entryId: string,
    reason: string,
    by: string | null,
  ): Promise<{ entryId: string; posted: boolean }> {
    if (reason.trim() === '') throw RuleViolated.of('ledger.reasonNeeded', undefined, 'reden')
    const original = await findById(tx, entryId)
    if (!original) throw new NotFoundException()
    if (original.reverses) throw RuleViolated.of('ledger.isReversal')
    if (original.reversedBy) return { entryId: original.reversedBy, posted: false }
    const entry: Entry = {
      idempotencyKey: `reversal:${entryId}`,
      onDay: original.onDay,
      description: `Tegenboeking: ${reason.trim()}`,
      document: original.document,
      recordedBy: by,
      whenClosed: 'firstOpenDay',
      postings: reversed(original.postings),
    }
    return this.book(tx, entry, entryId)
  }

  /** Debits less credits in cents, of an account (project, member) on days `from` (or ever) through `through`. */
  async balance(query: BalanceQuery, tx: Tx = this.database.read): Promise<Cents> {
    const { from, ...through } = query
    const balance = await sumThrough(tx, through)
    return from ? balance - (await sumThrough(tx, { ...through, through: addDays(from, -1) })) : balance
  }

  /** Every account and project with a balance on a day. */
  async balances(day: Day, tx: Tx = this.database.read): Promise<AccountBalance[]> {
    return balancesThrough(tx, day)
  }

  /** What an account comes to per member on a day, the largest first. */
  async memberBalances(
    account: string,
    day: Day,
    tx: Tx = this.database.read,
  ): Promise<{ memberId: string; cents: Cents }[]> {
    return memberBalancesThrough(tx, account, day)
  }

  /** An entry with its lines, its number and what undoes it. */
  async entry(id: string, tx: Tx = this.database.read): Promise<BookedEntry | null> {
    return findById(tx, id)
  }

  private async book(
    tx: Tx,
    offered: Entry,
    reverses: string | null,
  ): Promise<{ entryId: string; posted: boolean }> {
    assertBookable(offered)
    const entry = offered.whenClosed === 'firstOpenDay' ? await this.onOpenDay(tx, offered) : offered
    const booking = { id: this.ids.next(), recordedAt: this.clock.now(), reverses }
    const entryId = await insertEntry(tx, entry, booking).catch((error: unknown) => {
      throw refusal(error, entry)
    })
    if (entryId) return { entryId, posted: true }
    const booked = await findByKey(tx, entry.idempotencyKey)
    if (!booked) throw closed(entry.onDay, await readLastClosedDay(tx))
    if (fingerprint(booked.postings) !== fingerprint(entry.postings))
      throw RuleViolated.of('ledger.keyReused', { key: entry.idempotencyKey })
    return { entryId: booked.id, posted: false }
  }

  /** From here on nobody closes a period until the transaction ends. */
  private async onOpenDay(tx: Tx, entry: Entry): Promise<Entry> {
    await holdLedger(tx, 'withOthers')
    const first = firstOpenDay(await readLastClosedDay(tx))
    return first && entry.onDay < first ? { ...entry, onDay: first } : entry
  }
}

/** What the database refuses, in words. */
function refusal(error: unknown, { onDay, postings }: Entry): unknown {
  const constraint = violatedConstraint(error)
  if (constraint === 'journal_entries_open_period') return closed(onDay, null)
  if (constraint === 'postings_account_fkey') {
    const account = /\(account\)=\((\w+)\)/.exec(detailOf(error))?.[1] ?? postings[0]!.account
    return RuleViolated.of('ledger.unknownAccount', { account })
  }
  return error
}

const detailOf = (error: unknown) =>
  String((error as { driverError?: { detail?: string } }).driverError?.detail ?? '')

function closed(day: Day, lastClosed: Day | null): RuleViolated {
  const first = firstOpenDay(lastClosed)
  return first
    ? RuleViolated.of('ledger.periodClosed', { day, first }, 'dag')
    : RuleViolated.of('ledger.periodJustClosed', { day }, 'dag')
}

function fingerprint(postings: readonly EntryPosting[]): string {
  return canonicalJson(
    postings
      .map(({ account, accountingDistrictId, memberId, cents }) =>
        canonicalJson([account, accountingDistrictId ?? null, memberId ?? null, cents]),
      )
      .toSorted(),
  )
}
