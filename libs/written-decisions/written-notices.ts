import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import type { Day } from '#kernel'
import { Notices } from '#notices'
import { Clock, longDay, type Tx } from '#platform'
import type { OutcomeReason } from './rules/unanimity.js'
import type { CountedMember } from './store/entities.js'
import { WrittenDecisions } from './written-decisions.service.js'

const ended: Record<OutcomeReason, string> = {
  unanimous: 'Alle leden zijn voor. Het besluit is genomen.',
  against:
    'Een lid is tegen. Het besluit is niet genomen: zonder vergadering kan dat alleen als alle leden voor zijn.',
  silent:
    'Niet alle leden hebben op tijd geantwoord. Het besluit is niet genomen: zonder vergadering moeten alle leden voor zijn.',
  nobody: 'Er was geen lid dat mag stemmen. Het besluit is niet genomen.',
}

/** The mails around a decision without a meeting. */
@Injectable()
export class WrittenNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
  ) {}

  /** Asks the directors to record that the board knows of the proposal. */
  async askBoard(tx: Tx, id: string, title: string): Promise<void> {
    const directors = await this.people.holders('director', this.clock.today(), tx)
    await this.notices.send(
      tx,
      directors.map(({ personId, name, email }) => ({
        notice: 'written-decisions/board-asked',
        to: { personId, name, email },
        model: { title, path: pathOf(id) },
        key: `written-board:${id}:${personId}`,
      })),
    )
  }

  /** Asks each member's delegates. Who was asked already is not asked again. */
  async ask(tx: Tx, of: Asked, members: readonly CountedMember[]): Promise<void> {
    await this.toDelegates(tx, members, 'asked', `written-asked:${of.id}`, {
      ...{ title: of.title, path: pathOf(of.id), closesOn: longDay('nl', of.closesOn) },
    })
  }

  /** Reminds the members that have not answered, `days` before the closing day. */
  async remind(tx: Tx, of: Asked, days: number, members: readonly CountedMember[]): Promise<void> {
    await this.toDelegates(tx, members, 'reminder', `written-reminder:${days}:${of.id}`, {
      ...{ title: of.title, path: pathOf(of.id), closesOn: longDay('nl', of.closesOn) },
    })
  }

  /** Tells every member how it ended. */
  async tell(tx: Tx, of: Told, members: readonly CountedMember[]): Promise<void> {
    await this.toDelegates(tx, members, 'outcome', `written-outcome:${of.id}`, {
      ...{ title: of.title, number: of.number, adopted: of.adopted, explained: ended[of.reason] },
      path: `/besluiten/${of.number}`,
    })
  }

  private async toDelegates(
    tx: Tx,
    members: readonly CountedMember[],
    notice: string,
    key: string,
    model: object,
  ): Promise<void> {
    const delegates = await this.written.delegatesOn(this.clock.today(), tx)
    await this.notices.send(
      tx,
      members.flatMap(({ memberId, memberName }) =>
        (delegates.get(memberId) ?? []).map((to) => ({
          ...{ notice: `written-decisions/${notice}`, to, model: { ...model, memberName } },
          key: `${key}:${memberId}:${to.personId}`,
        })),
      ),
    )
  }
}

interface Asked {
  id: string
  title: string
  closesOn: Day
}

interface Told {
  id: string
  title: string
  adopted: boolean
  reason: OutcomeReason
  number: string
}

function pathOf(id: string): string {
  return `/besluiten/zonder-vergadering/${id}`
}
