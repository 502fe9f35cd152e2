import type { Cents, Day } from '#kernel'
import type { PayeeAccount } from './account.js'
import type { EndingKind } from './payable-state.js'
import { sepaText } from './sepa-text.js'

/** One payment of a batch, as it was frozen. */
export interface FrozenPayment extends PayeeAccount {
  /** From 1. */
  place: number
  payableId: string
  /** The how-manieth time it is offered. */
  attempt: number
  endToEndId: string
  cents: Cents
  /** What the payee reads on the bank statement. */
  remittance: string
  /** What became of the attempt before this one. */
  earlier: { batch: string; ended: EndingKind; reason: string; sameAccount: boolean } | null
}

/** What is approved: everything that goes to the bank, and nothing that does not. */
export interface BatchContent {
  /** `2020-3`. */
  name: string
  /** The bank takes a message with one id once. */
  messageId: string
  madeOn: Day
  debtor: { name: string; iban: string }
  payments: FrozenPayment[]
  /** How many, and their sum: what the bank counts too. */
  count: number
  controlSumCents: Cents
}

/** What goes into a batch. */
export interface BatchedPayable {
  payableId: string
  cents: Cents
  reference: string
  description: string
  account: PayeeAccount
  attempt: number
  earlier: FrozenPayment['earlier']
}

/**
 * The content of a batch: the payments by name, numbered, each with an id that the bank gives back with it.
 * @param given.unique eight figures of the batch's own id: two installations never make the same message id
 */
export function batchContent(given: {
  name: string
  unique: string
  madeOn: Day
  debtor: BatchContent['debtor']
  payables: readonly BatchedPayable[]
}): BatchContent {
  const { name, unique, madeOn, debtor, payables } = given
  const sorted = payables.toSorted(
    (a, b) => compare(a.account.name, b.account.name) || compare(a.payableId, b.payableId),
  )
  const payments = sorted.map(
    ({ payableId, cents, reference, description, account, attempt, earlier }, at) => ({
      ...account,
      ...{ place: at + 1, payableId, attempt, cents, earlier },
      endToEndId: `BO-${name}-${String(at + 1).padStart(3, '0')}`,
      remittance: sepaText(`${reference} ${description}`, 140),
    }),
  )
  const controlSumCents = payments.reduce((sum, { cents }) => sum + cents, 0n)
  return {
    ...{ name, messageId: `BO-${name}-${unique}`, madeOn, debtor, payments },
    ...{ count: payments.length, controlSumCents },
  }
}

/** The payments whose account is no longer the one that was frozen. */
export function changedAccounts(
  payments: readonly FrozenPayment[],
  ibanNow: (payableId: string) => string | null,
): FrozenPayment[] {
  return payments.filter(({ payableId, iban }) => ibanNow(payableId) !== iban)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
