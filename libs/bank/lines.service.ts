import { Inject, Injectable } from '@nestjs/common'
import { electronicFormatIBAN, isValidIBAN } from 'ibantools'
import { type Cents, type Day, isDay, RuleViolated, type Violation } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { BankAccounts } from './bank-accounts.service.js'
import {
  countByHand,
  findLine,
  findLineByRequest,
  lockAccount,
  readFinishedLines,
  readLookalikes,
  readUnfinishedLines,
  type StoredLine,
} from './store/line.store.js'
import { readProposals, type StoredProposal } from './store/proposal.store.js'
import { BankLineRow } from './store/statement-entities.js'

/** A movement that somebody types from the bank's own screen or paper. */
export interface LineByHand {
  bookedOn: Day
  /** Positive came in, negative went out. */
  cents: Cents
  counterpartyName: string
  counterpartyIban: string
  description: string
  requestKey: string
}

const FINISHED_SHOWN = 50

/** The lines of the bank: reading them, and entering one by hand. */
@Injectable()
export class BankLines {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BankAccounts) private readonly accounts: BankAccounts,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  find(id: string, tx: Tx = this.database.read): Promise<StoredLine | null> {
    return findLine(tx, id)
  }

  /** Lines of which something is left or waits for a second person, the oldest first. */
  unfinished(tx: Tx = this.database.read): Promise<StoredLine[]> {
    return readUnfinishedLines(tx)
  }

  /** The latest of those that are done. */
  finished(tx: Tx = this.database.read): Promise<StoredLine[]> {
    return readFinishedLines(tx, FINISHED_SHOWN)
  }

  /** Everything that was proposed for a line, the first one first. */
  proposals(id: string, tx: Tx = this.database.read): Promise<StoredProposal[]> {
    return readProposals(tx, id)
  }

  /** Lines that are most likely the same money: one by hand, one of a statement. */
  lookalikes(line: StoredLine): Promise<StoredLine[]> {
    return readLookalikes(this.database.read, line)
  }

  /**
   * Enters a line by hand. Safe to repeat: one request key is one line.
   * @throws RuleViolated `bank.noAccount`, `bank.dayNeeded`, `bank.dayAhead`, `bank.amountNeeded`, `bank.nameNeeded`,
   * `bank.ibanInvalid`, `bank.descriptionNeeded`
   */
  async enter(visitor: Visitor, given: LineByHand): Promise<{ id: string }> {
    const line = this.checked(given)
    return this.database.transaction(async (tx) => {
      const account = await this.accounts.own(tx)
      if (!account) throw RuleViolated.of('bank.noAccount')
      await lockAccount(tx, account.iban)
      const earlier = await findLineByRequest(tx, given.requestKey)
      if (earlier) return { id: earlier.id }
      const id = this.ids.next()
      const year = line.bookedOn.slice(0, 4)
      await tx.getRepository(BankLineRow).insert({
        ...{ ...line, id, iban: account.iban, statementId: null, endToEndId: null, returnReason: null },
        reference: `BH-${year}-${(await countByHand(tx, line.bookedOn)) + 1}`,
        ...{ reversal: false, bankReference: '' },
        ...{ enteredAt: this.clock.now(), enteredBy: visitor.personId },
      })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'bank.lineEntered',
        subject: { kind: 'bankLine', id },
        details: { bookedOn: line.bookedOn, cents: line.cents },
      })
      return { id }
    })
  }

  private checked(given: LineByHand): LineByHand {
    const counterpartyName = given.counterpartyName.trim()
    const description = given.description.trim()
    const typed = given.counterpartyIban.trim()
    const iban = typed === '' ? '' : (electronicFormatIBAN(typed) ?? '')
    const wrong: Violation[] = []
    if (!isDay(given.bookedOn)) wrong.push({ code: 'bank.dayNeeded', path: 'dag' })
    else if (given.bookedOn > this.clock.today()) wrong.push({ code: 'bank.dayAhead', path: 'dag' })
    if (given.cents === 0n) wrong.push({ code: 'bank.amountNeeded', path: 'bedrag' })
    if (counterpartyName === '' || counterpartyName.length > 140)
      wrong.push({ code: 'bank.nameNeeded', path: 'naam' })
    if (typed !== '' && !isValidIBAN(iban)) wrong.push({ code: 'bank.ibanInvalid', path: 'iban' })
    if (description === '' || description.length > 500)
      wrong.push({ code: 'bank.descriptionNeeded', path: 'omschrijving' })
    RuleViolated.throwIfAny(wrong)
    return { ...given, counterpartyName, counterpartyIban: iban, description }
  }
}
