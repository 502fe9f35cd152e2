import { Inject, Injectable } from '@nestjs/common'
import { Reports } from '#accountability'
import { AnnualAccounts } from '#annual-accounts'
import { GuaranteeCalls } from '#guarantee-calls'
import { Guarantees } from '#guarantees'
import { canonicalJson, dayOf, RuleViolated } from '#kernel'
import { LedgerPeriods } from '#ledger'
import { Members } from '#members'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx, type Visitor } from '#platform'
import { type PlanJudgement, WorkPlans } from '#work-plans'
import { isAdopted, type MarginMotion, MarginMotions, numberOf } from './margin-motions.service.js'
import { PreInvestments } from './pre-investments.service.js'
import { periodsCarried } from './rules/carried.js'
import { type Confirmer, checkConfirming } from './rules/confirming.js'
import { lastDayOf } from './rules/margin.js'
import {
  allJudged,
  type CheckedItem,
  type CloseItem,
  checkYearClose,
  isCloseItem,
  openItems,
  type YearRecords,
} from './rules/year-close.js'
import { insertConfirmation, readConfirmations } from './store/close.store.js'

/** How far closing a year is. */
export interface YearCloseOfYear {
  items: CheckedItem[]
  /** What stands in the way of a payout. */
  open: CloseItem[]
  motions: MarginMotion[]
  judgement: PlanJudgement
  /** Of the judgement as it reads now: what is confirmed. */
  judgementSha256: string
  allJudged: boolean
  confirmations: { name: string; confirmedAt: Date }[]
}

/** What has to be in order before the margin of a year is paid out. How it stands follows from the records themselves. */
@Injectable()
export class YearClose {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(LedgerPeriods) private readonly periods: LedgerPeriods,
    @Inject(AnnualAccounts) private readonly accounts: AnnualAccounts,
    @Inject(WorkPlans) private readonly plans: WorkPlans,
    @Inject(GuaranteeCalls) private readonly calls: GuaranteeCalls,
    @Inject(MarginMotions) private readonly motions: MarginMotions,
    @Inject(PreInvestments) private readonly preInvestments: PreInvestments,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Members) private readonly members: Members,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async of(year: number, tx: Tx = this.database.read): Promise<YearCloseOfYear> {
    const judgement = await this.plans.judgementOf(year, tx)
    const judgementSha256 = hashOf(judgement)
    const confirmations = await readConfirmations(tx, year, judgementSha256)
    const motions = await this.motions.of(year, tx)
    const [first] = confirmations
    const accounts = await this.accounts.stateOf(year, tx)
    const plan = planOf(judgement)
    const records: YearRecords = {
      quarters: await this.quarters(year, tx),
      booksClosedThrough: await this.periods.lastClosedDay(tx),
      adopted: accounts.adopted?.decision.number ?? null,
      discharged: accounts.discharged?.decision.number ?? null,
      reviewed: accounts.reviewed,
      plan,
      confirmed: first ? { name: first.name, on: dayOf(first.confirmedAt) } : null,
      openCalls: await this.calls.openOf(year, tx),
      waivers: waiversIn(motions),
    }
    const items = checkYearClose(year, records)
    return {
      ...{ items, open: openItems(items), motions, judgement, judgementSha256, confirmations },
      allJudged: allJudged(plan),
    }
  }

  /** What ties a person to the payout of a year. */
  async confirmer(year: number, visitor: Visitor, tx: Tx = this.database.read): Promise<Confirmer> {
    const own = new Set((['delegate', 'contact'] as const).flatMap((role) => visitor.scopesOf(role)))
    const carriesOut = visitor.has(
      ...(['director', 'contractor', 'teamLead', 'serviceTeam', 'treasurer', 'coordinator'] as const),
    )
    if (own.size === 0) return { carriesOut, gainsThrough: [] }
    const changes = await this.guarantees.pledgeChanges(tx, lastDayOf(year))
    const carried = [...own].filter((id) => {
      const mine = changes.filter((change) => change.id === id)
      return periodsCarried(year, mine).length > 0
    })
    const invested = (await this.preInvestments.outstanding(tx)).filter(({ id }) => own.has(id))
    const gaining = new Set([...carried, ...invested.map(({ id }) => id)])
    const members = await this.members.asOf(this.clock.today(), tx)
    return {
      carriesOut,
      gainsThrough: members.filter(({ id }) => gaining.has(id)).map(({ name }) => name),
    }
  }

  /** Whether a judgement waits for confirmation that this person could give. */
  async waitsFor(visitor: Visitor, year: number, tx: Tx = this.database.read): Promise<boolean> {
    const judgement = await this.plans.judgementOf(year, tx)
    if (!allJudged(planOf(judgement))) return false
    if ((await readConfirmations(tx, year, hashOf(judgement))).length > 0) return false
    return checkConfirming(await this.confirmer(year, visitor, tx), true).length === 0
  }

  /**
   * Confirms the judgement that was on the screen. The same person again changes nothing; when the judgement changes, what
   * was confirmed no longer counts.
   * @throws RuleViolated `guarantee.noYear`, `yearClose.judgementChanged`, and of {@link checkConfirming}
   */
  async confirm(visitor: Visitor, year: number, judgementSha256: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.guarantees.lockedYear(year, tx)
      const judgement = await this.plans.judgementOf(year, tx)
      const confirmer = await this.confirmer(year, visitor, tx)
      RuleViolated.throwIfAny(checkConfirming(confirmer, allJudged(planOf(judgement))))
      if (hashOf(judgement) !== judgementSha256) throw RuleViolated.of('yearClose.judgementChanged')
      const earlier = await readConfirmations(tx, year, judgementSha256)
      if (earlier.some(({ confirmedBy }) => confirmedBy === visitor.personId)) return
      await insertConfirmation(tx, {
        ...{ id: this.ids.next(), year, judgementSha256, name: visitor.name },
        ...{ confirmedAt: this.clock.now(), confirmedBy: visitor.personId },
      })
      await this.audit.record(tx, {
        actorId: visitor.personId,
        action: 'yearClose.judgementConfirmed',
        subject: { kind: 'riskMargin', id: String(year) },
        details: { judgementSha256 },
      })
    })
  }

  private async quarters(year: number, tx: Tx): Promise<YearRecords['quarters']> {
    return (await this.reports.standings(tx)).flatMap(({ agreement, quarters }) =>
      quarters
        .filter(({ quarter }) => quarter.toString().startsWith(`${year}-`))
        .map(({ quarter, status }) => ({
          ...{ area: agreement.areaName, quarter: quarter.toString(), closed: status === 'approved' },
        })),
    )
  }
}

function planOf({ agreed, goals }: PlanJudgement): YearRecords['plan'] {
  return {
    ...{ agreed, goals: goals.length },
    judged: goals.filter(({ verdict }) => verdict !== null).length,
    met: goals.filter(({ verdict }) => verdict === 'met').length,
  }
}

/** What was judged, by its hash: the goals as they read, with their verdicts. */
function hashOf({ agreed, goals }: PlanJudgement): string {
  return sha256Hex(
    canonicalJson({ agreed, goals: goals.map(({ id, text, verdict }) => ({ id, text, verdict })) }),
  )
}

function waiversIn(motions: readonly MarginMotion[]): Map<CloseItem, string> {
  return new Map(
    motions.flatMap((motion): [CloseItem, string][] =>
      motion.item && isCloseItem(motion.item) && isAdopted(motion) ? [[motion.item, numberOf(motion)!]] : [],
    ),
  )
}
