import { type Cents, type Day, RuleViolated, type Violation } from '#kernel'

/** One line of an entry: positive cents are a debit, negative cents a credit. */
export interface EntryPosting {
  /** An RGS-like code: B (balance) or W (result) and up to four groups of three letters. */
  account: string
  /** The project it belongs to: an administrative wijk, or absent for the central project. */
  accountingDistrictId?: string | null
  /** The member it concerns, on accounts that are kept per member. */
  memberId?: string | null
  cents: Cents
}

/** A journal entry as it is offered to the ledger. */
export interface Entry {
  /** Says what is booked, e.g. `distribution:<id>`: a second entry with the same key is a repeat. */
  idempotencyKey: string
  onDay: Day
  description: string
  /** The reference of the paper or record behind it. */
  document: string
  /** The person who booked it; null when the system did. */
  recordedBy: string | null
  /** When the day's period is closed: refuse (the default), or book on the first day that is open. */
  whenClosed?: 'refuse' | 'firstOpenDay'
  postings: readonly EntryPosting[]
}

const ACCOUNT = /^[BW][A-Za-z]{0,12}$/

export const isAccountCode = (text: string) => ACCOUNT.test(text)

/** What is wrong with an entry before the database looks at it; an empty list when it may be booked. */
export function checkEntry({ postings }: Pick<Entry, 'postings'>): Violation[] {
  const violations: Violation[] = []
  if (postings.length < 2) violations.push({ code: 'ledger.tooFewPostings', path: 'postings' })
  let sum = 0n
  for (const [index, { account, cents }] of postings.entries()) {
    sum += cents
    if (cents === 0n) violations.push({ code: 'ledger.emptyPosting', path: `postings[${index}].cents` })
    if (!ACCOUNT.test(account)) {
      violations.push({
        code: 'ledger.unknownAccount',
        path: `postings[${index}].account`,
        params: { account },
      })
    }
  }
  if (sum !== 0n)
    violations.push({ code: 'ledger.notBalanced', path: 'postings', params: { cents: sum.toString() } })
  return violations
}

/** @throws RuleViolated with everything that {@link checkEntry} finds. */
export function assertBookable(entry: Pick<Entry, 'postings'>): void {
  RuleViolated.throwIfAny(checkEntry(entry))
}

/** The lines that undo these: debit for credit and credit for debit. */
export function reversed(postings: readonly EntryPosting[]): EntryPosting[] {
  return postings.map((posting) => ({ ...posting, cents: -posting.cents }))
}
