import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Clock, Ids, type Tx } from '#platform'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { DecisionType } from '../rules/poll-rule.js'
import { insertDecision, listAdoptedDecisions, nextDecisionNumber } from '../store/decision.store.js'

/** What was decided without a meeting. */
export interface WrittenDecisionToRegister {
  writtenDecisionId: string
  title: string
  question: string
  text: string
  decisionType: DecisionType
  adopted: boolean
  decidedOn: Day
}

/** The register of decisions, for libraries in which a decision comes about outside an assembly. */
@Injectable()
export class DecisionRegister {
  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /**
   * Gives a decision without a meeting the next number of its year, in the caller's transaction.
   * @throws the `decisions_written` violation when it has one
   */
  async record(tx: Tx, written: WrittenDecisionToRegister): Promise<{ id: string; number: string }> {
    const { decisionType, ...decision } = written
    const number = await nextDecisionNumber(tx, Number(written.decidedOn.slice(0, 4)))
    const id = this.ids.next()
    await insertDecision(tx, {
      ...{ ...number, ...decision, id, writtenDecisionType: decisionType },
      ...{ pollId: null, motionId: null, assemblyId: null },
      ...{ authorisesKind: null, authorisesId: null, replacesId: null, recordedAt: this.clock.now() },
    })
    return { id, number: formatDecisionNumber(number) }
  }

  /** The adopted decisions between two days, newest first. */
  async adopted(from: Day, to: Day, tx: Tx): Promise<{ number: string; title: string; decidedOn: Day }[]> {
    const found = await listAdoptedDecisions(tx, from, to)
    return found.map((one) => ({
      number: formatDecisionNumber(one),
      title: one.title,
      decidedOn: one.decidedOn,
    }))
  }
}
