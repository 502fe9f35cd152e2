import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies, isMeantAsDecisionNumber } from '#assemblies'
import { Guarantees } from '#guarantees'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { Ledger } from '#ledger'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { type MarginOfYear, RiskMargin } from './risk-margin.service.js'
import { type PaidFrom, useEntry } from './rules/margin-entries.js'
import { usesOn } from './rules/margin-on-day.js'
import { checkChangeable, checkUse, type MarginStanding } from './rules/uses.js'
import {
  findUseByRequest,
  insertReversal,
  insertUse,
  readUse,
  readUses,
  type StoredUse,
} from './store/margin.store.js'

/** A decision to use a part of the margin. */
export interface UseRequest {
  cents: Cents
  onDay: Day
  reason: string
  /** The invoice or letter that it rests on. */
  document: string
  /** The number of a decision of the ALV or the board, or null. */
  decision: string | null
  paidFrom: PaidFrom
  /** Made by the form: a second request with the same key is a repeat. */
  requestKey: string
}

/** Using the margin, and undoing what was wrong. Nothing is ever changed: a wrong use gets a reversing entry. */
@Injectable()
export class MarginUses {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The uses of a year by number, with what undid them; with a day as they were at the end of that. */
  async of(
    year: number,
    tx: Tx = this.database.read,
    { on = null }: { on?: Day | null } = {},
  ): Promise<StoredUse[]> {
    const uses = await readUses(tx, year)
    return on === null ? uses : usesOn(uses, on)
  }

  /**
   * Records a use and books it, in one transaction. The lock on the subsidy years makes two wait for each other, so the
   * margin is never used for more than it is. A repeat (same request key) answers with the first.
   * @throws RuleViolated `guarantee.noYear`, `margin.decisionUnknown`, and of {@link checkUse} and {@link Ledger.post}
   */
  async use(visitor: Visitor, year: number, request: UseRequest): Promise<{ id: string; repeated: boolean }> {
    return this.database.transaction(async (tx) => {
      const subsidy = await this.guarantees.lockedYear(year, tx)
      const earlier = await findUseByRequest(tx, request.requestKey)
      if (earlier) return { id: earlier, repeated: true }
      const margin = await this.riskMargin.of(subsidy, tx)
      RuleViolated.throwIfAny(checkUse(standingOf(margin), request, this.clock.today()))
      await this.assertDecision(tx, request.decision)

      const id = this.ids.next()
      const number = (await readUses(tx, year)).length + 1
      const { entryId } = await this.ledger.post(tx, {
        idempotencyKey: `risk-margin:use:${id}`,
        onDay: request.onDay,
        description: `Gebruik risicomarge ${year}: ${request.reason}`,
        document: request.document,
        recordedBy: visitor.personId,
        whenClosed: 'firstOpenDay',
        postings: useEntry(request.cents, request.paidFrom),
      })
      const { cents, onDay, reason, document, decision, requestKey } = request
      await insertUse(tx, {
        ...{ id, year, number, cents, onDay, reason, document, decision, entryId, requestKey },
        ...{ recordedAt: this.clock.now(), recordedBy: visitor.personId },
      })
      await this.log(tx, visitor, 'margin.used', year, { number, cents, entryId, decision })
      return { id, repeated: false }
    })
  }

  /**
   * Undoes a wrong use by a reversing entry; what it took is there again. A repeat changes nothing.
   * @throws NotFoundException; RuleViolated of {@link checkChangeable}, `ledger.reasonNeeded`
   */
  async reverse(visitor: Visitor, year: number, id: string, reason: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const subsidy = await this.guarantees.lockedYear(year, tx)
      const use = await readUse(tx, id)
      if (use?.year !== year) throw new NotFoundException()
      if (use.reversal) return
      RuleViolated.throwIfAny(checkChangeable(standingOf(await this.riskMargin.of(subsidy, tx))))
      const { entryId } = await this.ledger.reverse(tx, use.entryId, reason, visitor.personId)
      const reversed = { reversedAt: this.clock.now(), reversedBy: visitor.personId }
      await insertReversal(tx, { useId: id, reason: reason.trim(), entryId, ...reversed })
      await this.log(tx, visitor, 'margin.useReversed', year, { number: use.number, entryId })
    })
  }

  /** What looks like a number of the register has to be one there, adopted; anything else is a decision of the board. */
  private async assertDecision(tx: Tx, decision: string | null): Promise<void> {
    if (!decision || !isMeantAsDecisionNumber(decision)) return
    const found = await this.assemblies.decisionNumbered(decision, tx)
    if (!found?.adopted) throw RuleViolated.of('margin.decisionUnknown', { number: decision }, 'besluit')
  }

  private log(tx: Tx, { personId }: Visitor, action: string, year: number, details: Record<string, unknown>) {
    const subject = { kind: 'riskMargin', id: String(year) }
    return this.audit.record(tx, { actorId: personId, action, subject, details })
  }
}

function standingOf({ subsidy, reserve, spentCents, live, stage }: MarginOfYear): MarginStanding {
  return {
    ...{ year: subsidy.year, reserveCents: reserve?.cents ?? null, usedCents: spentCents },
    ...{ proposed: live !== null, paid: stage === 'paid' },
  }
}
