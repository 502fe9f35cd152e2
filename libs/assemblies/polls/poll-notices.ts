import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Notices, type NoticeToSend } from '#notices'
import { Clock, clockTime, type Tx } from '#platform'
import { formatDecisionNumber } from '../rules/decision-number.js'
import { readCasterIds } from '../store/count.store.js'
import type { RegisteredDecision } from '../store/decision.store.js'
import type { NewElector, PollInContext } from '../store/poll.store.js'

/** Who hears of a poll: its casters when it opens; also the director and the secretary when it is decided. */
@Injectable()
export class PollNotices {
  constructor(
    @Inject(People) private readonly people: People,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async opened(
    tx: Tx,
    poll: { id: string; title: string; question: string },
    electors: NewElector[],
  ): Promise<void> {
    const notices: NoticeToSend[] = []
    const membersOf = new Map<string, NewElector[]>()
    for (const elector of electors)
      for (const id of elector.casterIds) {
        const members = membersOf.get(id)
        if (members) members.push(elector)
        else membersOf.set(id, [elector])
      }
    for (const [personId, person] of await this.people.named([...membersOf.keys()], tx)) {
      const members = membersOf.get(personId)!
      notices.push({
        notice: 'assemblies/poll-opened',
        to: { personId, ...person },
        model: {
          title: poll.title,
          question: poll.question,
          members: members.map(({ memberName }) => memberName),
          path: `/stemmingen/${poll.id}`,
        },
        key: `assemblies/poll-opened ${poll.id} ${personId}`,
      })
    }
    await this.notices.send(tx, notices)
  }

  async declared(tx: Tx, poll: PollInContext, decision: RegisteredDecision): Promise<void> {
    const recipients = await this.castersOf(tx, poll)
    for (const role of ['director', 'secretary'] as const) {
      for (const { personId, name, email } of await this.people.holders(role, this.clock.today(), tx)) {
        recipients.set(personId, { name, email })
      }
    }
    const model = {
      title: poll.title,
      question: poll.question,
      adopted: decision.adopted,
      decisionNumber: formatDecisionNumber(decision),
      path: `/stemmingen/${poll.id}`,
    }
    await this.notices.send(
      tx,
      [...recipients].map(([personId, person]) => ({
        notice: 'assemblies/poll-declared',
        to: { personId, ...person },
        model,
        key: `assemblies/poll-declared ${poll.id} ${personId}`,
      })),
    )
  }

  /** Tells the casters that a poll was opened wrongly: what they cast counts no more. */
  async voided(tx: Tx, poll: PollInContext): Promise<void> {
    const { title, question, voidReason: reason } = poll
    await this.toCasters(tx, poll, 'assemblies/poll-voided', { title, question, reason })
  }

  /** Tells the casters that a result is disputed, and that they can demand a new vote. */
  async challenged(tx: Tx, poll: PollInContext, reason: string): Promise<void> {
    const { title, question } = poll
    await this.toCasters(tx, poll, 'assemblies/poll-challenged', { title, question, reason })
  }

  private async toCasters(
    tx: Tx,
    poll: PollInContext,
    notice: string,
    model: Record<string, unknown>,
  ): Promise<void> {
    const people = await this.castersOf(tx, poll)
    await this.notices.send(
      tx,
      [...people].map(([personId, person]) => ({
        notice,
        to: { personId, ...person },
        model: { ...model, path: `/stemmingen/${poll.id}` },
        key: `${notice} ${poll.id} ${personId}`,
      })),
    )
  }

  /** Tells who could cast for a member that the secretary entered its ballot: not what it says. */
  async entered(
    tx: Tx,
    poll: PollInContext,
    ballot: { memberName: string; casterIds: string[]; reference: string; castAt: Date },
    memberId: string,
  ): Promise<void> {
    const { memberName: member, reference, castAt } = ballot
    const path = `/stemmingen/${poll.id}`
    const model = { title: poll.title, member, reference, time: clockTime('nl', castAt), path }
    const people = await this.people.named(ballot.casterIds, tx)
    await this.notices.send(
      tx,
      [...people].map(([personId, person]) => ({
        notice: 'assemblies/ballot-entered',
        to: { personId, ...person },
        model,
        key: `assemblies/ballot-entered ${poll.id} ${memberId} ${personId}`,
      })),
    )
  }

  private async castersOf(tx: Tx, { id }: PollInContext) {
    return this.people.named(await readCasterIds(tx, id), tx)
  }
}
