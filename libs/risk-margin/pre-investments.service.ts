import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import type { NamedCents } from './rules/frozen-inputs.js'
import { outstandingOf } from './rules/pre-investments.js'
import { readAllEarnedBack } from './store/distribution.store.js'
import {
  findByRequestKey,
  holdPreInvestments,
  insertAnswer,
  insertPreInvestment,
  readPreInvestments,
  type StoredPreInvestment,
} from './store/pre-investment.store.js'

export interface NewPreInvestment {
  memberId: string
  kind: 'money' | 'inKind'
  cents: Cents
  onDay: Day
  description: string
  document: string
  requestKey: string
}

export interface PreInvestmentRegister {
  entries: (StoredPreInvestment & { name: string })[]
  /** What each member has still to earn back, by member number. */
  outstanding: NamedCents[]
  earnedBack: { year: number; name: string; cents: Cents }[]
}

/** What members put into the start-up phase: recorded by the controller, confirmed by the kascommissie. */
@Injectable()
export class PreInvestments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async register(tx: Tx = this.database.read): Promise<PreInvestmentRegister> {
    const members = await this.named(tx)
    const name = (id: string) => members.get(id)?.name ?? '?'
    return {
      entries: (await readPreInvestments(tx)).map((one) => ({ ...one, name: name(one.memberId) })),
      outstanding: await this.outstanding(tx),
      earnedBack: (await readAllEarnedBack(tx)).map(({ memberId, year, cents }) => ({
        ...{ year, cents, name: name(memberId) },
      })),
    }
  }

  /** What is still to be earned back, of who has anything left, by member number. */
  async outstanding(tx: Tx = this.database.read): Promise<NamedCents[]> {
    const confirmed = (await readPreInvestments(tx)).filter(({ answer }) => answer === 'confirmed')
    const left = outstandingOf(confirmed, await readAllEarnedBack(tx))
    const members = await this.named(tx)
    return [...left]
      .map(([id, cents]) => {
        const { number = 0, name = '?' } = members.get(id) ?? {}
        return { id, number, name, cents }
      })
      .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1))
  }

  /**
   * Records one; it counts once the kascommissie confirms it. A repeat (same request key) answers with the first.
   * @throws RuleViolated `preInvestment.unknownMember`, `preInvestment.amountNotPositive`, `preInvestment.dayInFuture`
   */
  async record(visitor: Visitor, given: NewPreInvestment): Promise<{ number: number }> {
    return this.database.transaction(async (tx) => {
      await holdPreInvestments(tx)
      const earlier = await findByRequestKey(tx, given.requestKey)
      if (earlier) return { number: earlier.number }
      if (!(await this.named(tx)).has(given.memberId))
        throw RuleViolated.of('preInvestment.unknownMember', {}, 'lid')
      if (given.cents <= 0n) throw RuleViolated.of('preInvestment.amountNotPositive', {}, 'bedrag')
      if (given.onDay > this.clock.today()) throw RuleViolated.of('preInvestment.dayInFuture', {}, 'dag')
      const number = (await readPreInvestments(tx)).length + 1
      const id = this.ids.next()
      const recorded = { recordedAt: this.clock.now(), recordedBy: visitor.personId }
      await insertPreInvestment(tx, { ...given, id, number, ...recorded })
      await this.log(tx, visitor, 'preInvestment.recorded', id, { number, cents: given.cents })
      return { number }
    })
  }

  /**
   * Confirms or refuses one. The same answer again changes nothing.
   * @throws NotFoundException; RuleViolated `preInvestment.answered`, `preInvestment.ownRecord`,
   * `preInvestment.ownOrganisation`, `preInvestment.noteNeeded`
   */
  async answer(
    visitor: Visitor,
    id: string,
    { answer, note }: { answer: 'confirmed' | 'refused'; note: string },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdPreInvestments(tx)
      const found = (await readPreInvestments(tx)).find((one) => one.id === id)
      if (!found) throw new NotFoundException()
      if (found.answer === answer) return
      if (found.answer) throw RuleViolated.of('preInvestment.answered')
      if (found.recordedBy === visitor.personId) throw RuleViolated.of('preInvestment.ownRecord')
      if (visitor.hasFor('delegate', found.memberId) || visitor.hasFor('contact', found.memberId))
        throw RuleViolated.of('preInvestment.ownOrganisation')
      if (answer === 'refused' && note.trim() === '')
        throw RuleViolated.of('preInvestment.noteNeeded', {}, 'toelichting')
      await insertAnswer(tx, {
        ...{ preInvestmentId: id, answer, note: note.trim(), name: visitor.name },
        ...{ answeredAt: this.clock.now(), answeredBy: visitor.personId },
      })
      await this.log(tx, visitor, `preInvestment.${answer}`, id, { number: found.number })
    })
  }

  private async named(tx: Tx): Promise<Map<string, MemberOnDay>> {
    const members = await this.members.asOf(this.clock.today(), tx)
    return new Map(members.map((member) => [member.id, member]))
  }

  private log(tx: Tx, { personId }: Visitor, action: string, id: string, details: Record<string, unknown>) {
    return this.audit.record(tx, {
      ...{ actorId: personId, action, details },
      subject: { kind: 'preInvestment', id },
    })
  }
}
