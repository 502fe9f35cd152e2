import { Inject, Injectable } from '@nestjs/common'
import { Mandates } from '#mandates'
import { Members, type MembershipEvent } from '#members'
import type { Tx, Visitor } from '#platform'

/** What a case does to the register, and to who acts for the member: the one place where a membership ends. */
@Injectable()
export class Membership {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Mandates) private readonly mandates: Mandates,
  ) {}

  /** Records a fact; when the membership ends, so do the mandates. @returns the id of the fact */
  async record(
    tx: Tx,
    visitor: Visitor,
    memberId: string,
    event: MembershipEvent,
    reason: string,
  ): Promise<string> {
    const id = await this.members.record(tx, memberId, event, visitor.personId, reason)
    if (event.type === 'ended') await this.mandates.endAll(tx, memberId, event.on, visitor.personId)
    return id
  }

  /** Takes an end back: the membership runs on, and the mandates that ended with it. */
  async takeBackEnd(
    tx: Tx,
    visitor: Visitor,
    memberId: string,
    eventId: string,
    reason: string,
  ): Promise<void> {
    await this.members.correct(tx, memberId, eventId, 'void', visitor.personId, reason)
    await this.mandates.continueAll(tx, memberId, visitor.personId)
  }
}
