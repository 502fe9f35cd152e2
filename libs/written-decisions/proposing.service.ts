import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { checkOpening, checkType, type WrittenType } from './rules/course.js'
import type { ProposerOffice } from './store/entities.js'
import {
  insertKnowledge,
  insertOpening,
  insertWithdrawal,
  insertWritten,
  lockWritten,
} from './store/written.store.js'
import { LAW, type WrittenDecision, WrittenDecisions } from './written-decisions.service.js'
import { WrittenNotices } from './written-notices.js'

/** What somebody proposes. */
export interface WrittenProposal {
  title: string
  /** What is decided, word for word. */
  text: string
  reasoning: string
  decisionType: WrittenType
}

const OFFICES: readonly ProposerOffice[] = ['secretary', 'chair', 'director']

/** A proposal to decide without a meeting, until the members are asked (BW 2:40 lid 2). */
@Injectable()
export class WrittenProposing {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(WrittenDecisions) private readonly written: WrittenDecisions,
    @Inject(WrittenNotices) private readonly notices: WrittenNotices,
  ) {}

  /**
   * Proposes it: as secretary, chair or director, or as delegate for a member that may vote. The id comes from the form:
   * a repeat adds nothing.
   * @throws RuleViolated `written.noProposer`, and of {@link checkType}
   */
  async propose(id: string, proposal: WrittenProposal, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      RuleViolated.throwIfAny(checkType(proposal.decisionType, await this.written.setting(tx)))
      const proposer = await this.proposer(tx, visitor)
      const act = { proposedAt: this.clock.now(), proposedBy: visitor.personId }
      if (!(await insertWritten(tx, { id, ...proposal, ...proposer, ...act }))) return
      await this.record(tx, visitor, 'writtenDecision.proposed', id, { title: proposal.title, ...proposer })
      await this.notices.askBoard(tx, id, proposal.title)
    })
  }

  /** Records that the board knows of it, before the members are asked. A repeat changes nothing. */
  async noteKnowledge(id: string, director: Visitor): Promise<void> {
    await this.alone(id, async (tx, { course }) => {
      if (course.boardKnows) return
      if (course.withdrawn) throw RuleViolated.of('written.withdrawn')
      if (!director.has('director')) throw RuleViolated.of('written.onlyBoard')
      await insertKnowledge(tx, {
        ...{ writtenDecisionId: id, notedAt: this.clock.now(), notedBy: director.personId },
      })
      await this.record(tx, director, 'writtenDecision.boardKnows', id, {})
    })
  }

  /**
   * Asks all members that may vote, and freezes who they are. The same again changes nothing.
   * @param closesOn the last day to answer
   * @throws NotFoundException, RuleViolated `written.opened` (with another day), and of {@link checkOpening} and {@link checkType}
   */
  async open(id: string, closesOn: Day, visitor: Visitor): Promise<void> {
    await this.alone(id, async (tx, { course, proposal }) => {
      if (course.opened?.closesOn === closesOn) return
      if (course.opened) throw RuleViolated.of('written.opened')
      const today = this.clock.today()
      const setting = await this.written.setting(tx)
      RuleViolated.throwIfAny(checkType(proposal.decisionType, setting))
      const electors = await this.written.entitledOn(today, tx)
      RuleViolated.throwIfAny(checkOpening(course, { closesOn, today, electors: electors.length }))
      const opening = { writtenDecisionId: id, openedOn: today, closesOn, article: setting?.article ?? LAW }
      await insertOpening(
        tx,
        { ...opening, openedAt: this.clock.now(), openedBy: visitor.personId },
        electors,
      )
      await this.record(tx, visitor, 'writtenDecision.opened', id, { closesOn, electors: electors.length })
      await this.notices.ask(tx, { id, title: proposal.title, closesOn }, electors)
    })
  }

  /** Withdraws it before the members are asked: by an officer or who proposed it. A repeat changes nothing. */
  async withdraw(id: string, reason: string, visitor: Visitor): Promise<void> {
    await this.alone(id, async (tx, { course, proposal }) => {
      if (course.withdrawn) return
      if (course.opened) throw RuleViolated.of('written.opened')
      if (!mayWithdraw(visitor, proposal)) throw RuleViolated.of('written.notYours')
      const act = { withdrawnAt: this.clock.now(), withdrawnBy: visitor.personId }
      await insertWithdrawal(tx, { writtenDecisionId: id, reason, ...act })
      await this.record(tx, visitor, 'writtenDecision.withdrawn', id, { reason })
    })
  }

  private async proposer(tx: Tx, visitor: Visitor) {
    const proposerOffice = OFFICES.find((office) => visitor.has(office)) ?? null
    if (proposerOffice) return { proposerOffice, proposerMemberId: null }
    const entitled = await this.written.entitledOn(this.clock.today(), tx)
    const own = visitor.scopesOf('delegate')
    const member = entitled.find(({ memberId }) => own.includes(memberId))
    if (!member) throw RuleViolated.of('written.noProposer')
    return { proposerOffice: null, proposerMemberId: member.memberId }
  }

  private async alone(id: string, work: (tx: Tx, known: WrittenDecision) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.written.find(id, tx))) throw new NotFoundException()
      await lockWritten(tx, id)
      await work(tx, (await this.written.find(id, tx))!)
    })
  }

  private record(
    tx: Tx,
    { personId }: Visitor,
    action: string,
    id: string,
    details: Record<string, unknown>,
  ) {
    return this.audit.record(tx, {
      actorId: personId,
      action,
      subject: { kind: 'writtenDecision', id },
      details,
    })
  }
}

/** Who may still take a proposal back. */
export function mayWithdraw(visitor: Visitor, { proposedBy }: { proposedBy: string }): boolean {
  return visitor.personId === proposedBy || visitor.has(...OFFICES)
}
