import { Inject, Injectable } from '@nestjs/common'
import { Counterparties } from '#agreements'
import { type MemberDetails, Members } from '#members'
import { Clock, Database, type Tx } from '#platform'
import { payableIban } from './iban.js'
import { type PayeeAccount, splitStreet } from './rules/account.js'
import { type EnteredAccount, readAccounts } from './store/account.store.js'

const FEW = 5

/** Who is to be paid: a member, or another party to an agreement. */
export interface Payee {
  memberId: string | null
  payeeId: string | null
}

/** The accounts that hold now. */
export interface KnownAccounts {
  /** Where a payee is paid; null when there is no IBAN that a payment can go to. */
  of(payee: Payee): PayeeAccount | null
  /** The member that a payee is, also when it is paid as a party to an agreement; null when it is none. */
  memberOf(payee: Payee): string | null
}

/**
 * Where payments go to, as known today: a member's account is that of the member register, which
 * changes under four eyes; of who is no member it is the last one that was entered here and confirmed by another.
 */
@Injectable()
export class Accounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Members) private readonly members: Members,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
  ) {}

  /** The parties to agreements that are one of these members. */
  async partiesOf(memberIds: readonly string[], tx: Tx = this.database.read): Promise<string[]> {
    const parties = await this.counterparties.all(tx)
    return parties.flatMap(({ id, memberId }) => (memberId && memberIds.includes(memberId) ? [id] : []))
  }

  /** @param payees whose accounts are asked for; those of others may be missing */
  async known(payees: readonly Payee[], tx: Tx = this.database.read): Promise<KnownAccounts> {
    const members = new Map((await this.counterparties.all(tx)).map(({ id, memberId }) => [id, memberId]))
    const memberOf = ({ memberId, payeeId }: Payee) => memberId ?? members.get(payeeId ?? '') ?? null
    const details = await this.details([...new Set(payees.flatMap((payee) => memberOf(payee) ?? []))], tx)
    const entered = await readAccounts(tx)
    return {
      memberOf,
      of: (payee) => {
        const member = memberOf(payee)
        return member ? ofMember(details.get(member) ?? null) : lastConfirmed(entered, payee.payeeId)
      },
    }
  }

  /** Of a few members each by itself, of many all at once. */
  private async details(
    memberIds: readonly string[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, MemberDetails | null>> {
    const today = this.clock.today()
    if (memberIds.length > FEW) return this.members.allDetails(today, tx)
    const found = new Map<string, MemberDetails | null>()
    for (const id of memberIds) found.set(id, await this.members.details(id, today, tx))
    return found
  }
}

function ofMember(details: MemberDetails | null): PayeeAccount | null {
  const iban = payableIban(details?.iban ?? null)
  if (!details || !iban) return null
  const { name, street, postalCode, city: town } = details
  return { name, iban, ...splitStreet(street), postalCode, town, country: 'NL' }
}

function lastConfirmed(entered: readonly EnteredAccount[], payeeId: string | null): PayeeAccount | null {
  const confirmed = entered.filter((one) => one.payeeId === payeeId && one.answer === 'confirmed')
  const [last] = confirmed.toSorted((a, b) => b.answeredAt!.getTime() - a.answeredAt!.getTime())
  if (!last) return null
  const { name, iban, street, buildingNumber, postalCode, town, country } = last
  return { name, iban, street, buildingNumber, postalCode, town, country }
}
