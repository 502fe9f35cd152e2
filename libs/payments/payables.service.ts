import { Inject, Injectable } from '@nestjs/common'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { Accounts } from './accounts.service.js'
import { PaymentNotices } from './payment-notices.js'
import type { PayeeAccount } from './rules/account.js'
import { type PayableKind, type PayableState, payableState } from './rules/payable-state.js'
import {
  insertPayable,
  type PayableSelection,
  readPayables,
  type StoredPayable,
} from './store/payable.store.js'

/** Something to be paid, as its owner hands it over. */
export interface NewPayable {
  /** Says what it is, e.g. `distribution:<id>:<member>`: the same key again is a repeat. */
  key: string
  kind: PayableKind
  memberId: string | null
  /** A counterparty of #agreements, when it is no member. */
  payeeId?: string | null
  payeeName: string
  cents: Cents
  /** Stands on the bank statement of the payee, and brings together what belongs together: `RM-2019`. */
  reference: string
  description: string
  /** How the amount was computed, in a sentence for the payee's statement. */
  explanation?: string
  /** The decision it follows from: `2020-3`. */
  decisionNumber?: string
  /** The account that is debited when it is paid. */
  debitAccount: string
  accountingDistrictId?: string | null
  document: string
  by: string | null
}

/** A payable, and where it stands today. */
export interface Payable extends StoredPayable {
  state: PayableState
  /** When the bank paid it; null while it did not, and again after it came back. */
  paidOn: Day | null
  /** Where it would be paid to now. */
  account: PayeeAccount | null
  /** The member that is paid, also when it is paid as a party to an agreement. */
  payeeMemberId: string | null
}

/** What is to be paid. Other libraries add to it; batches pay it. */
@Injectable()
export class Payables {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(PaymentNotices) private readonly notices: PaymentNotices,
  ) {}

  /**
   * Adds something to be paid, in the caller's transaction. A repeat with the same key adds nothing and answers with
   * the first one; an amount of zero is nothing to pay. When the payee has no IBAN that can be paid to, its delegates
   * are told so, once.
   * @returns the id; empty for an amount of zero
   * @throws RuleViolated `payable.amountNegative`, `payable.noPayee`, `payable.keyReused` when the key stands for
   * another amount or payee
   */
  async add(tx: Tx, payable: NewPayable): Promise<string> {
    const { cents, memberId, payeeId = null, explanation = '', decisionNumber = '' } = payable
    if (cents === 0n) return ''
    if (cents < 0n) throw RuleViolated.of('payable.amountNegative')
    if (memberId === null && payeeId === null) throw RuleViolated.of('payable.noPayee')
    const { by, accountingDistrictId = null, ...given } = payable
    const id = this.ids.next()
    const known = await insertPayable(tx, {
      ...{ ...given, id, payeeId, explanation, decisionNumber, accountingDistrictId },
      ...{ addedAt: this.clock.now(), addedBy: by },
    })
    const isSame = known.cents === cents && known.memberId === memberId && known.payeeId === payeeId
    if (!isSame) throw RuleViolated.of('payable.keyReused', { key: payable.key })
    if (known.id === id) await this.askForIban(tx, id)
    return known.id
  }

  /** The payables of a kind (and a reference), by reference and name. */
  async of(kind: PayableKind, reference?: string, tx: Tx = this.database.read): Promise<Payable[]> {
    return this.read({ kind, reference }, tx)
  }

  /** What is paid to the organisations of a person: as delegate of a member, as treasurer of another party. */
  async ofVisitor(visitor: Visitor, tx: Tx = this.database.read): Promise<Payable[]> {
    const memberIds = visitor.scopesOf('delegate')
    const treasurerOf = visitor.scopesOf('treasurer')
    if (memberIds.length === 0 && treasurerOf.length === 0) return []
    const payeeIds = [...treasurerOf, ...(await this.accounts.partiesOf(memberIds, tx))]
    const found = await this.read({ memberIds, payeeIds }, tx)
    return found.toSorted(latestFirst)
  }

  /** What is to be paid to these members or was, also as a party to an agreement; the latest first. */
  async ofMembers(memberIds: readonly string[], tx: Tx = this.database.read): Promise<Payable[]> {
    if (memberIds.length === 0) return []
    const payeeIds = await this.accounts.partiesOf(memberIds, tx)
    const found = await this.read({ memberIds, payeeIds }, tx)
    return found.toSorted(latestFirst)
  }

  /** The payables that fit, by reference and name. */
  async read(selection: PayableSelection, tx: Tx = this.database.read): Promise<Payable[]> {
    const stored = await readPayables(tx, selection)
    if (stored.length === 0) return []
    const accounts = await this.accounts.known(stored, tx)
    return stored.map((payable) => {
      const account = accounts.of(payable)
      const { last } = payable
      const paidOn = last && last.ended === null ? last.paidOn : null
      const state = payableState(last, account?.iban ?? null)
      return { ...payable, account, paidOn, state, payeeMemberId: accounts.memberOf(payable) }
    })
  }

  private async askForIban(tx: Tx, id: string): Promise<void> {
    const [payable] = await this.read({ ids: [id] }, tx)
    if (payable!.state === 'waitingForIban') await this.notices.askIban(tx, payable!)
  }
}

const latestFirst = (a: Payable, b: Payable) => b.addedAt.getTime() - a.addedAt.getTime()
