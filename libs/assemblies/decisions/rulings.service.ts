import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { People } from '#identity'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, type Tx, type Visitor } from '#platform'
import { ConflictsOfInterest } from '../hall/conflicts.service.js'
import { type Standing, standingOf } from '../rules/challenge.js'
import { formatDecisionNumber, parseDecisionNumber } from '../rules/decision-number.js'
import { checkRuling } from '../rules/ruling.js'
import type { RulingRow } from '../store/challenge.entities.js'
import { type ChallengeRecord, findChallenge } from '../store/challenge.store.js'
import { findDecision } from '../store/decision.store.js'
import { findRuling, insertRuling, readCourses, readRulings } from '../store/ruling.store.js'

/** What became of a decision after it was declared. */
export interface DecisionAftermath {
  standing: Standing
  challenge: (ChallengeRecord & { name: string }) | null
  /** Numbers in the register, as `2020-03`. */
  replaces: string | null
  replacedBy: string | null
  rulings: (RulingRow & { name: string })[]
  conflicts: Awaited<ReturnType<ConflictsOfInterest['declared']>>
}

/** Corrections of decisions: what was declared stands, a correction is a new ruling beside it. */
@Injectable()
export class Rulings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(People) private readonly people: People,
    @Inject(ConflictsOfInterest) private readonly conflicts: ConflictsOfInterest,
  ) {}

  /** All that came after a decision. */
  async aftermath(decision: { id: string }): Promise<DecisionAftermath> {
    const tx = this.database.read
    const course = (await readCourses(tx, [decision.id])).get(decision.id)!
    const challenge = course.pollId ? await findChallenge(tx, course.pollId) : null
    const rulings = await readRulings(tx, decision.id)
    const ids = [...rulings.map(({ ruledBy }) => ruledBy), ...(challenge ? [challenge.challengedBy] : [])]
    const names = await this.people.named(ids)
    const nameOf = (id: string) => names.get(id)?.name ?? ''
    return {
      standing: standingOf({ replacedAt: course.replacedAt, challenge }, this.clock.now()),
      challenge: challenge && { ...challenge, name: nameOf(challenge.challengedBy) },
      replaces: course.replaces && formatDecisionNumber(course.replaces),
      replacedBy: course.replacedBy && formatDecisionNumber(course.replacedBy),
      rulings: rulings.map((ruling) => ({ ...ruling, name: nameOf(ruling.ruledBy) })),
      conflicts: course.motionId ? await this.conflicts.declared({ motionId: course.motionId }) : [],
    }
  }

  /** For the register: by decision id, what a line has to say of its course. */
  async courses(decisionIds: readonly string[]) {
    return readCourses(this.database.read, decisionIds)
  }

  /**
   * Adds a ruling to a decision. The id comes from the form: a repeat adds nothing.
   * @throws NotFoundException, RuleViolated `ruling.textNeeded`, `ruling.reasonNeeded`, `conflict.keepsOut`
   */
  async rule(
    number: string,
    ruling: { id: string; text: string; reason: string },
    officer: Visitor,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const decision = await this.decisionOr404(tx, number)
      if (await findRuling(tx, ruling.id)) return
      const course = (await readCourses(tx, [decision.id])).get(decision.id)!
      if (course.motionId) await this.conflicts.keepOut(tx, officer, course.motionId)
      RuleViolated.throwIfAny(checkRuling(ruling))
      const [text, reason] = [ruling.text.trim(), ruling.reason.trim()]
      await insertRuling(tx, {
        ...{ id: ruling.id, decisionId: decision.id, text, reason },
        office: officer.has('chair') ? 'chair' : 'secretary',
        ...{ ruledAt: this.clock.now(), ruledBy: officer.personId },
      })
      await this.audit.record(tx, {
        actorId: officer.personId,
        action: 'decision.ruled',
        subject: { kind: 'decision', id: decision.id },
        details: { ruling: ruling.id, text, reason },
      })
    })
  }

  private async decisionOr404(tx: Tx, number: string) {
    const parsed = parseDecisionNumber(number)
    const decision = parsed && (await findDecision(tx, parsed))
    if (!decision) throw new NotFoundException()
    return decision
  }
}
