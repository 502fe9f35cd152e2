import { Inject, Injectable } from '@nestjs/common'
import { Assemblies, AuthorisingMotions, type MotionStanding } from '#assemblies'
import { Guarantees } from '#guarantees'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, Messages, type Tx, type Visitor } from '#platform'
import type { CloseItem } from './rules/year-close.js'
import { insertMotion, readMotions } from './store/close.store.js'
import type { MarginMotionKind, MarginMotionRow } from './store/margin-entities.js'

/** What the ALV was asked, and how far that is. */
export type MarginMotion = MarginMotionRow & { standing: MotionStanding }

export interface MotionRequest {
  year: number
  assemblyId: string
  reason: string
}

/** What the ALV is asked besides the payout itself: to waive an item of a year's close, or to let pre-investments go first. */
@Injectable()
export class MarginMotions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(AuthorisingMotions) private readonly motions: AuthorisingMotions,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** What the ALV was asked about a year, the latest first. */
  async of(year: number, tx: Tx = this.database.read): Promise<MarginMotion[]> {
    const found: MarginMotion[] = []
    for (const row of await readMotions(tx, year))
      found.push({ ...row, standing: await this.motions.standing({ kind: row.kind, id: row.id }, tx) })
    return found
  }

  /** The number of the decision that lets pre-investments of a year go first; null when there is none. */
  async preInvestmentsFirst(year: number, tx: Tx): Promise<string | null> {
    const adopted = (await this.of(year, tx)).find(
      (one) => one.kind === 'preInvestmentFirst' && isAdopted(one),
    )
    return adopted ? numberOf(adopted) : null
  }

  /**
   * Asks the ALV to waive one item of a year's close. While the same was asked and not decided, or was adopted, a repeat
   * adds nothing.
   * @throws RuleViolated `guarantee.noYear`, `yearClose.chooseAssembly`, and of `Assemblies.submitMotion`
   */
  async askWaiver(visitor: Visitor, item: CloseItem, request: MotionRequest): Promise<void> {
    const name = this.messages.text('nl', `risk-margin.close.items.${item}`)
    await this.ask(visitor, 'yearCloseWaiver', item, request, { item: name })
  }

  /** Asks the ALV to let pre-investments be earned back first from the margin of a year. As {@link askWaiver}. */
  async askPreInvestmentsFirst(visitor: Visitor, request: MotionRequest): Promise<void> {
    await this.ask(visitor, 'preInvestmentFirst', null, request, {})
  }

  private async ask(
    visitor: Visitor,
    kind: MarginMotionKind,
    item: CloseItem | null,
    { year, assemblyId, reason }: MotionRequest,
    values: Record<string, string>,
  ): Promise<void> {
    const candidates = await this.assemblies.runningOrUpcoming()
    if (!candidates.some(({ id }) => id === assemblyId))
      throw RuleViolated.of('yearClose.chooseAssembly', {}, 'vergadering')
    await this.database.transaction(async (tx) => {
      await this.guarantees.lockedYear(year, tx)
      const same = (await this.of(year, tx)).find((one) => one.kind === kind && one.item === item)
      if (same && same.standing.state !== 'rejected' && same.standing.state !== 'withdrawn') return
      const id = this.ids.next()
      const text = (part: string) =>
        this.messages.text('nl', `risk-margin.motions.${kind}.${part}`, { ...values, year, reason })
      const { motionId } = await this.assemblies.submitMotion(tx, {
        ...{ assemblyId, title: text('title'), question: text('question'), explanation: text('explanation') },
        ...{ decisionType: 'distribution', authorises: { kind, id }, submittedBy: visitor.personId },
      })
      const offered = { offeredAt: this.clock.now(), offeredBy: visitor.personId }
      await insertMotion(tx, { id, year, kind, item, reason, assemblyId, motionId, ...offered })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: `margin.${kind}Asked`,
        subject: { kind: 'riskMargin', id: String(year) },
        details: { item, assemblyId, motionId },
      })
    })
  }
}

export function isAdopted({ standing }: MarginMotion): boolean {
  return standing.state === 'adopted'
}

/** The number of the decision on it, or null. */
export function numberOf({ standing }: MarginMotion): string | null {
  return 'decision' in standing ? standing.decision.number : null
}
