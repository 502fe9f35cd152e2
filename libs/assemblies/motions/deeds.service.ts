import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Visitor } from '#platform'
import { checkDeed, type DecisionEffect, decisionEffect } from '../rules/decision-effect.js'
import {
  type DecisionDeed,
  holdDeeds,
  insertDeed,
  readDecisionFacts,
  readDeeds,
} from '../store/decision-deed.store.js'

/** What an adopted decision still needs to hold: the deed of a change of the statutes (BW 2:43). */
@Injectable()
export class Deeds {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** The effect of each of these decisions. */
  async effectsOf(decisionIds: readonly string[]): Promise<Map<string, DecisionEffect>> {
    const facts = await readDecisionFacts(this.database.read, decisionIds)
    return new Map([...facts].map(([id, one]) => [id, decisionEffect(one)]))
  }

  /** What was entered of the deed, the first entry first: the last one counts. */
  async of(decisionId: string): Promise<DecisionDeed[]> {
    return readDeeds(this.database.read, decisionId)
  }

  /**
   * Enters the day of the notarial deed. Another day is a correction beside the first; the same day again records
   * nothing.
   * @throws NotFoundException, RuleViolated `deed.notNeeded`, `deed.beforeDecision`, `deed.inFuture`
   */
  async enter(decisionId: string, deedOn: Day, notary: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await holdDeeds(tx, decisionId)
      const facts = (await readDecisionFacts(tx, [decisionId])).get(decisionId)
      if (!facts) throw new NotFoundException()
      RuleViolated.throwIfAny(checkDeed(facts, deedOn, this.clock.today()))
      const last = (await readDeeds(tx, decisionId)).at(-1)
      if (last?.deedOn === deedOn && last.notary === notary) return
      await insertDeed(tx, {
        ...{ decisionId, deedOn, notary },
        recordedAt: this.clock.now(),
        recordedBy: visitor.personId,
      })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'decision.deedEntered',
        subject: { kind: 'decision', id: decisionId },
        details: { deedOn, notary },
      })
    })
  }
}
