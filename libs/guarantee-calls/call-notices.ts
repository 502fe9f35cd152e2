import { Inject, Injectable } from '@nestjs/common'
import type { BankLine } from '#bank'
import { type Holder, People } from '#identity'
import { groupedIban } from '#members'
import { Notices } from '#notices'
import { Clock, type Tx } from '#platform'
import { type Call, type CalledHolder, callPath } from './guarantee-calls.service.js'

/** The mails around a call: to the delegates of each holder about its own part. */
@Injectable()
export class CallNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tellCalled(tx: Tx, call: Call): Promise<void> {
    await this.toHolders(tx, call, 'called', call.id, (holder) => this.modelOf(call, holder))
  }

  async tellCancelled(tx: Tx, call: Call, reason: string): Promise<void> {
    await this.toHolders(tx, call, 'cancelled', call.id, (holder) => ({
      ...this.modelOf(call, holder),
      reason,
    }))
  }

  async tellReceived(tx: Tx, call: Call, holder: CalledHolder, line: BankLine): Promise<void> {
    const left = holder.openCents - line.cents
    const model = {
      ...this.modelOf(call, holder),
      ...{ receivedCents: line.cents, leftCents: left > 0n ? left : null },
    }
    await this.toHolders(tx, { ...call, holders: [holder] }, 'received', `${call.id}:${line.id}`, () => model)
  }

  /** @param last nothing follows it: then it is decided what happens */
  async remind(tx: Tx, call: Call, holder: CalledHolder, offset: number, last: boolean): Promise<void> {
    const overdue = this.clock.today() > call.issue!.dueOn
    const model = { ...this.modelOf(call, holder), overdue, last }
    await this.toHolders(tx, { ...call, holders: [holder] }, 'reminder', `${call.id}:${offset}`, () => model)
  }

  private modelOf(call: Call, { memberId, name, partCents, offsetCents, openCents, claim }: CalledHolder) {
    const { iban, accountName, dueOn, decisionNumber } = call.issue!
    return {
      ...{
        memberName: name,
        year: call.year,
        callReason: call.content.reason,
        amountCents: call.amountCents,
      },
      ...{ partCents, offsetCents: offsetCents > 0n ? offsetCents : null, openCents, decisionNumber, dueOn },
      ...{ owes: openCents > 0n, reference: claim!.reference, iban: groupedIban(iban), accountName },
      path: `${callPath(call)}/leden/${memberId}`,
    }
  }

  private async toHolders(
    tx: Tx,
    call: Call,
    notice: string,
    key: string,
    modelOf: (holder: CalledHolder) => object,
  ): Promise<void> {
    const delegates = await this.people.holders('delegate', this.clock.today(), tx)
    await this.notices.send(
      tx,
      call.holders.flatMap((holder) =>
        delegates
          .filter(({ scopeId }) => scopeId === holder.memberId)
          .map((delegate) => ({
            ...{ notice: `guarantee-calls/${notice}`, to: addressOf(delegate), model: modelOf(holder) },
            key: `guarantee-call-${notice}:${key}:${holder.memberId}:${delegate.personId}`,
          })),
      ),
    )
  }
}

function addressOf({ personId, name, email }: Holder): { personId: string; name: string; email: string } {
  return { personId, name, email }
}
