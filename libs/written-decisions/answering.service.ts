import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { DecisionRegister } from '#assemblies'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { checkAnswer } from './rules/course.js'
import { countedOn, judgeUnanimity, type WrittenChoice } from './rules/unanimity.js'
import { insertAnswer, insertOutcome, listUnsettled, lockWritten } from './store/written.store.js'
import { type WrittenDecision, WrittenDecisions } from './written-decisions.service.js'
import { WrittenNotices } from './written-notices.js'

/** The members' answers, and the outcome that follows from them. */
@Injectable()
export class WrittenAnswering {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(DecisionRegister) private readonly register: DecisionRegister,
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
    @Inject(WrittenNotices) private readonly notices: WrittenNotices,
  ) {}

  /**
   * Records a member's answer, by its delegate; it is final. The last "for" and the first "against" settle the decision
   * in the same transaction. The same answer again changes nothing.
   * @throws NotFoundException, RuleViolated `written.notYourMember`, and of {@link checkAnswer}
   */
  async answer(id: string, memberId: string, choice: WrittenChoice, visitor: Visitor): Promise<void> {
    if (!visitor.hasFor('delegate', memberId)) throw RuleViolated.of('written.notYourMember')
    await this.alone(id, async (tx, known) => {
      const given =
        (await this.written.answers(id, tx)).find((one) => one.memberId === memberId)?.choice ?? null
      const electors = await this.written.entitledOn(this.clock.today(), tx)
      const entitled = electors.some((one) => one.memberId === memberId)
      RuleViolated.throwIfAny(checkAnswer(known.state, { entitled, given, choice }))
      if (given) return
      const reference = this.ids.next()
      await insertAnswer(tx, {
        ...{ writtenDecisionId: id, memberId, choice, reference },
        ...{ answeredAt: this.clock.now(), answeredBy: visitor.personId },
      })
      await this.settleHeld(tx, known)
    })
  }

  /** Records the outcome when there is one: the last member agreed or left, or the closing day is over. */
  async settle(id: string): Promise<void> {
    await this.alone(id, (tx, known) => this.settleHeld(tx, known))
  }

  /** Every decision that may have come to its end without an answer. */
  async settleAll(): Promise<void> {
    for (const id of await listUnsettled(this.database.read)) await this.settle(id)
  }

  private async settleHeld(tx: Tx, { proposal, opening, outcome }: WrittenDecision): Promise<void> {
    if (!opening || outcome) return
    const today = this.clock.today()
    const { id, title, text, decisionType } = proposal
    const asOf = countedOn(opening.closesOn, today)
    const electorate = await this.written.entitledOn(asOf, tx)
    const answers = new Map((await this.written.answers(id, tx)).map((one) => [one.memberId, one.choice]))
    const entitled = electorate.map(({ memberId }) => memberId)
    const reason = judgeUnanimity({ entitled, answers, closesOn: opening.closesOn, today })
    if (reason === null) return
    const adopted = reason === 'unanimous'
    const decision = await this.register.record(tx, {
      ...{ writtenDecisionId: id, title, question: QUESTION, text, decisionType, adopted, decidedOn: asOf },
    })
    const recordedAt = this.clock.now()
    await insertOutcome(tx, {
      ...{ writtenDecisionId: id, decisionId: decision.id, adopted, reason, asOf, electorate, recordedAt },
    })
    await this.audit.record(tx, {
      actorId: null,
      action: adopted ? 'writtenDecision.adopted' : 'writtenDecision.notTaken',
      subject: { kind: 'writtenDecision', id },
      details: { number: decision.number, reason, asOf, members: entitled.length, answers: answers.size },
    })
    await this.notices.tell(tx, { id, title, adopted, reason, number: decision.number }, electorate)
  }

  private async alone(id: string, work: (tx: Tx, known: WrittenDecision) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.written.find(id, tx))) throw new NotFoundException()
      await lockWritten(tx, id)
      await work(tx, (await this.written.find(id, tx))!)
    })
  }
}

/** The register is Dutch, as every text of the cooperative. */
const QUESTION = 'Nemen alle leden dit besluit zonder vergadering?'
