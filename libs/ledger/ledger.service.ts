import { Inject, Injectable } from '@nestjs/common'
import { type Cents, canonicalJson, RuleViolated } from '#kernel'
import { Clock, Database, Ids, type Tx } from '#platform'
import { assertBookable, type Entry } from './rules/entry.js'
import {
  type BalanceQuery,
  findByKey,
  insertEntry,
  insertPostings,
  sumPostings,
} from './store/journal.store.js'

/**
 * The double-entry book. Append-only: a correction is a reversing entry. That every entry adds up to zero is
 * checked here for a clear message, and again by the database when the transaction commits.
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
   * and answers with the first entry, also when the two ran at the same time.
   * @throws RuleViolated `ledger.notBalanced`, `ledger.tooFewPostings`, `ledger.emptyPosting`,
   * `ledger.unknownAccount`; `ledger.keyReused` when the key stands for an entry with other lines.
   */
  async post(tx: Tx, entry: Entry): Promise<{ entryId: string; posted: boolean }> {
    assertBookable(entry)
    const entryId = await insertEntry(tx, this.ids.next(), entry, this.clock.now())
    if (entryId) {
      await insertPostings(tx, entryId, entry)
      return { entryId, posted: true }
    }
    const booked = await findByKey(tx, entry.idempotencyKey)
    if (!booked || fingerprint(booked.postings) !== fingerprint(entry.postings)) {
      throw RuleViolated.of('ledger.keyReused', { key: entry.idempotencyKey })
    }
    return { entryId: booked.id, posted: false }
  }

  /** Debits less credits in cents, of an account (and a member) on days `from` (or ever) through `through`. */
  async balance(query: BalanceQuery, tx: Tx = this.database.read): Promise<Cents> {
    return sumPostings(tx, query)
  }
}

function fingerprint(
  postings: readonly { account: string; memberId?: string | null; cents: Cents }[],
): string {
  return canonicalJson(
    postings
      .map(({ account, memberId, cents }) => canonicalJson([account, memberId ?? null, cents]))
      .toSorted(),
  )
}
