import { Inject, Injectable } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { isAccountCode } from './rules/entry.js'
import { LedgerAccountRow } from './store/journal-entities.js'

export type LedgerAccount = Pick<LedgerAccountRow, 'code' | 'name' | 'side'>

/** The chart of accounts: it grows, and what stands in it stays. */
@Injectable()
export class LedgerAccounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** All accounts by code. */
  async all(tx: Tx = this.database.read): Promise<LedgerAccount[]> {
    return tx.getRepository(LedgerAccountRow).find({ order: { code: 'ASC' } })
  }

  async find(code: string, tx: Tx = this.database.read): Promise<LedgerAccount | null> {
    return isAccountCode(code) ? tx.getRepository(LedgerAccountRow).findOneBy({ code }) : null
  }

  /**
   * Adds an account. The same again changes nothing.
   * @throws RuleViolated `ledger.accountCode`, `ledger.accountName`, `ledger.accountSide`, `ledger.accountTaken`
   */
  async add(visitor: Visitor, account: { code: string; name: string; side: string }): Promise<void> {
    const code = account.code.trim()
    const name = account.name.trim()
    if (!isAccountCode(code) || code.length < 4) throw RuleViolated.of('ledger.accountCode', {}, 'code')
    if (name === '' || name.length > 80) throw RuleViolated.of('ledger.accountName', {}, 'naam')
    if (account.side !== 'debit' && account.side !== 'credit')
      throw RuleViolated.of('ledger.accountSide', {}, 'kant')
    const side = account.side
    await this.database.transaction(async (tx) => {
      const added: unknown[] = await tx.query(
        `INSERT INTO ledger_accounts (code, name, side, added_at, added_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING code`,
        [code, name, side, this.clock.now(), visitor.personId],
      )
      if (added.length === 0) {
        const there = await this.find(code, tx)
        if (there?.name === name && there.side === side) return
        throw RuleViolated.of('ledger.accountTaken', { code }, 'code')
      }
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'ledger.accountAdded',
        subject: { kind: 'ledgerAccount', id: code },
        details: { name, side },
      })
    })
  }
}
