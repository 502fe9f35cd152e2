import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { electronicFormatIBAN, isValidIBAN } from 'ibantools'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { type BankAccount, insertAccount, insertConfirmation, readAccounts } from './store/account.store.js'

/**
 * The cooperative's own bank accounts: where members pay to and payments leave from. A wrong number costs real money,
 * so one person records an account and another confirms it; only then does it count.
 */
@Injectable()
export class BankAccounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Every account, also those not confirmed yet. */
  all(tx: Tx = this.database.read): Promise<BankAccount[]> {
    return readAccounts(tx)
  }

  /** The account that letters name and payments leave from: the one confirmed last. Null when there is none. */
  async own(tx: Tx = this.database.read): Promise<{ iban: string; name: string } | null> {
    const account = (await readAccounts(tx)).find(({ confirmedAt }) => confirmedAt !== null)
    return account ? { iban: account.iban, name: account.name } : null
  }

  /**
   * Records an account, for another person to confirm. The same again changes nothing.
   * @throws RuleViolated `bank.ibanInvalid`, `bank.accountName`
   */
  async record(visitor: Visitor, given: { iban: string; name: string }): Promise<void> {
    const iban = electronicFormatIBAN(given.iban) ?? ''
    const name = given.name.trim()
    if (!isValidIBAN(iban)) throw RuleViolated.of('bank.ibanInvalid', {}, 'iban')
    if (name === '' || name.length > 70) throw RuleViolated.of('bank.accountName', {}, 'naam')
    await this.database.transaction(async (tx) => {
      const row = { iban, name, recordedAt: this.clock.now(), recordedBy: visitor.personId }
      if (await insertAccount(tx, row)) await this.log(tx, visitor.personId, 'bank.accountRecorded', iban)
    })
  }

  /** Confirms an account that another person recorded. A repeat changes nothing. @throws RuleViolated `bank.ownAccountRecord` */
  async confirm(visitor: Visitor, iban: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const account = (await readAccounts(tx)).find((one) => one.iban === iban)
      if (!account) throw new NotFoundException()
      if (account.recordedBy === visitor.personId) throw RuleViolated.of('bank.ownAccountRecord')
      if (await insertConfirmation(tx, iban, this.clock.now(), visitor.personId))
        await this.log(tx, visitor.personId, 'bank.accountConfirmed', iban)
    })
  }

  /** Enters an account that is known from paper, in the caller's transaction. */
  async enter(tx: Tx, account: { iban: string; name: string }): Promise<void> {
    const at = this.clock.now()
    await insertAccount(tx, { ...account, recordedAt: at, recordedBy: null })
    await insertConfirmation(tx, account.iban, at, null)
  }

  private log(tx: Tx, actorId: string, action: string, iban: string): Promise<void> {
    return this.audit.record(tx, { actorId, action, subject: { kind: 'bankAccount', id: iban }, details: {} })
  }
}
