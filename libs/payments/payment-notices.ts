import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import type { Cents, Day } from '#kernel'
import { Members } from '#members'
import { Notices } from '#notices'
import { Clock, type Role, type Tx } from '#platform'

/** A payment as a notice tells of it. */
export interface ToldPayment {
  payeeMemberId: string | null
  /** The party to an agreement, when it is paid as one. */
  payeeId: string | null
  payeeName: string
  cents: Cents
  reference: string
  description: string
}

/** The mails around payments: to the delegates (or treasurers) of who is paid, and to who approves. */
@Injectable()
export class PaymentNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** There is money for a member, but no IBAN in the register: once for each payable. */
  async askIban(tx: Tx, payable: ToldPayment & { id: string }): Promise<void> {
    await this.toDelegates(tx, 'iban-needed', payable.id, payable, {})
  }

  async tellPaid(
    tx: Tx,
    paymentId: string,
    paid: ToldPayment,
    on: { day: Day; iban: string },
  ): Promise<void> {
    await this.toDelegates(tx, 'paid', paymentId, paid, on)
    if (paid.payeeMemberId !== null) return
    const treasurers = await this.people.holders('treasurer', this.clock.today(), tx)
    const own = treasurers.filter(({ scopeId }) => scopeId !== null && scopeId === paid.payeeId)
    await this.send(tx, 'paid', paymentId, own, { ...modelOf(paid), path: '/betalingen/mijn', ...on })
  }

  /** The money came back. The controllers hear it too: they see to it that it goes out again. */
  async tellReturned(tx: Tx, paymentId: string, payment: ToldPayment, reason: string): Promise<void> {
    await this.toDelegates(tx, 'returned', paymentId, payment, { reason })
    const controllers = await this.people.holders('controller', this.clock.today(), tx)
    await this.send(tx, 'returned-to-us', paymentId, controllers, {
      ...modelOf(payment),
      ...{ reason, path: '/betalingen' },
    })
  }

  /** A batch waits for an approval: to everyone who may give it, but not to who has already. */
  async askApproval(
    tx: Tx,
    batch: { id: string; name: string; cents: Cents; payments: number },
    already: readonly string[],
  ): Promise<void> {
    const roles: Role[] = ['chair', 'controller', 'director']
    const today = this.clock.today()
    const to = new Map<string, Holder>()
    for (const role of roles)
      for (const holder of await this.people.holders(role, today, tx)) to.set(holder.personId, holder)
    for (const personId of already) to.delete(personId)
    const { id, name, cents, payments } = batch
    await this.send(tx, 'to-approve', `${id}:${already.length}`, [...to.values()], {
      ...{ name, cents, payments, path: `/betalingen/${name}` },
    })
  }

  private async toDelegates(
    tx: Tx,
    notice: string,
    key: string,
    payment: ToldPayment,
    more: object,
  ): Promise<void> {
    const { payeeMemberId } = payment
    if (payeeMemberId === null) return
    const today = this.clock.today()
    const number = (await this.members.find(payeeMemberId, today, tx))?.number
    const delegates = await this.people.holders('delegate', today, tx)
    const own = delegates.filter(({ scopeId }) => scopeId === payeeMemberId)
    const paths = { path: '/betalingen/mijn', changePath: `/organisatie/${number}/wijziging` }
    await this.send(tx, notice, key, own, { ...modelOf(payment), ...paths, ...more })
  }

  private async send(
    tx: Tx,
    notice: string,
    key: string,
    to: readonly Holder[],
    model: object,
  ): Promise<void> {
    await this.notices.send(
      tx,
      to.map(({ personId, name, email }) => ({
        ...{ notice: `payments/${notice}`, to: { personId, name, email }, model },
        key: `payment-${notice}:${key}:${personId}`,
      })),
    )
  }
}

function modelOf({ payeeName, cents, reference, description }: ToldPayment) {
  return { payeeName, cents, reference, description }
}
