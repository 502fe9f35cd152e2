import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Notices, type NoticeToSend } from '#notices'
import { Clock, type Tx } from '#platform'
import { formatDecisionNumber } from './rules/decision-number.js'
import type { RegisteredDecision } from './store/decision.store.js'
import type { NewElector, PollInContext } from './store/poll.store.js'

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
    for (const [personId, person] of await this.castersOf(tx, electors)) {
      const members = electors.filter(({ casterIds }) => casterIds.includes(personId))
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

  async declared(
    tx: Tx,
    poll: PollInContext,
    decision: RegisteredDecision,
    electors: NewElector[],
  ): Promise<void> {
    const recipients = await this.castersOf(tx, electors)
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

  private castersOf(tx: Tx, electors: readonly NewElector[]) {
    const ids = new Set(electors.flatMap(({ casterIds }) => casterIds))
    return this.people.named([...ids], tx)
  }
}
