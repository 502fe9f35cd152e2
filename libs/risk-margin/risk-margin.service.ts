import { Inject, Injectable } from '@nestjs/common'
import { Assemblies, type AuthorisingDecision } from '#assemblies'
import { Guarantees, type SubsidyYear } from '#guarantees'
import type { Cents, Day } from '#kernel'
import { Ledger } from '#ledger'
import { Clock, Database, type Tx } from '#platform'
import { type StatuteSetting, Statutes } from '#statutes'
import { accounts } from './rules/accounts.js'
import { type FrozenClosing, thawClosing } from './rules/closing-proof.js'
import type { Division } from './rules/division.js'
import { lastDayOf, type MarginStage, marginOf, stageOf, unspentOf } from './rules/margin.js'
import { proposalsOn, usedIn, usesOn } from './rules/margin-on-day.js'
import {
  readClosing,
  readEarnedBack,
  readOfYear,
  readOne,
  readParts,
  type StoredDistribution,
} from './store/distribution.store.js'
import { readReserve, readUses, reserveByRegister, usedOf } from './store/margin.store.js'

/** What an adopted decision on a distribution refers to. */
export const DISTRIBUTION = 'distribution'

/** The margin of a year: how much, what is left of it, and how far the payout is. */
export interface MarginOfYear {
  subsidy: SubsidyYear
  rate: StatuteSetting<'riskMarginRate'>
  marginCents: Cents
  /** What was used by decision and not undone. */
  spentCents: Cents
  unspentCents: Cents
  /** When it was set aside in the books; null while it was not. */
  reserve: { cents: Cents; entryId: string; bookedAt: Date } | null
  lastDay: Day
  stage: MarginStage
  /** All proposals, the latest first. */
  proposals: Proposal[]
  /** The proposal that was neither withdrawn nor rejected. */
  live: Proposal | null
}

/** A proposal with the ALV's decision on it. */
export interface Proposal extends StoredDistribution {
  decision: AuthorisingDecision | null
}

/** Reading the risk margin: 2% of the subsidy; what is left goes to those who carried the risk. */
@Injectable()
export class RiskMargin {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The years for which subsidy was awarded, the latest first. */
  async years(): Promise<number[]> {
    return (await this.guarantees.years()).map(({ year }) => year)
  }

  /** The margin of a year, or null when no subsidy was awarded for it; with a day as it was at the end of that. */
  async ofYear(year: number, { on = null }: { on?: Day | null } = {}): Promise<MarginOfYear | null> {
    const subsidy = await this.guarantees.year(year)
    return subsidy ? this.of(subsidy, this.database.read, { on }) : null
  }

  /**
   * As {@link ofYear}, in a transaction that holds the year's lock when it is going to change something. Rate
   * and rules are those of the last day of the year.
   */
  async of(subsidy: SubsidyYear, tx: Tx, { on = null }: { on?: Day | null } = {}): Promise<MarginOfYear> {
    const lastDay = lastDayOf(subsidy.year)
    const rate = (await this.statutes.asOf(lastDay, tx)).get('riskMarginRate')
    const marginCents = marginOf(subsidy.awardedCents, rate.value)
    const spentCents = await this.spent(tx, subsidy.year, on)
    const reserve = await this.reserve(tx, subsidy.year, on)
    const unspentCents = unspentOf(marginCents, spentCents)
    const recorded = await this.withDecisions(await readOfYear(tx, subsidy.year), tx)
    const proposals = on === null ? recorded : proposalsOn(recorded, on)
    const live = proposals.find(isLive) ?? null
    const yearIsOver = (on ?? this.clock.today()) > lastDay
    const paid = proposals.some(({ posting }) => posting !== null)
    const stage = stageOf({
      yearIsOver,
      unspentCents,
      paid,
      live: live && { adopted: live.decision?.adopted === true },
    })
    const amounts = { marginCents, spentCents, unspentCents, reserve }
    return { subsidy, rate, ...amounts, lastDay, stage, proposals, live }
  }

  /** One proposal with its parts, or null. */
  async proposal(
    id: string,
    tx: Tx = this.database.read,
  ): Promise<({ proposal: Proposal } & Division) | null> {
    const [proposal] = await this.withDecisions(
      [await readOne(tx, id)].flatMap((one) => one ?? []),
      tx,
    )
    if (!proposal) return null
    return { proposal, parts: await readParts(tx, id), earnedBack: await readEarnedBack(tx, id) }
  }

  /** How the year was closed when a distribution was booked; null before that. */
  async closing(id: string, tx: Tx = this.database.read): Promise<FrozenClosing | null> {
    const content = await readClosing(tx, id)
    return content ? thawClosing(content) : null
  }

  /**
   * Whether the reserve in the ledger is what the register of reserves, uses and payouts says: somebody may have booked
   * on its account by hand.
   */
  async inLedger(tx: Tx = this.database.read): Promise<{ registerCents: Cents; ledgerCents: Cents }> {
    const through = { account: accounts.reserve, through: LAST_DAY_EVER }
    return {
      registerCents: await reserveByRegister(tx),
      ledgerCents: -(await this.ledger.balance(through, tx)),
    }
  }

  private async spent(tx: Tx, year: number, on: Day | null): Promise<Cents> {
    return on === null ? usedOf(tx, year) : usedIn(usesOn(await readUses(tx, year), on))
  }

  /** Set aside from the day on which it was booked, which is the first of the year unless that was closed. */
  private async reserve(tx: Tx, year: number, on: Day | null): Promise<MarginOfYear['reserve']> {
    const reserve = await readReserve(tx, year)
    if (!reserve || on === null) return reserve
    const entry = await this.ledger.entry(reserve.entryId, tx)
    return entry && entry.onDay <= on ? reserve : null
  }

  private async withDecisions(stored: StoredDistribution[], tx: Tx): Promise<Proposal[]> {
    const proposals: Proposal[] = []
    for (const one of stored) {
      proposals.push({
        ...one,
        decision: await this.assemblies.decisionAuthorising(tx, DISTRIBUTION, one.id),
      })
    }
    return proposals
  }
}

const LAST_DAY_EVER: Day = '9999-12-31'

/** Where a proposal is shown. */
export function proposalPath({ id, year }: { id: string; year: number }): string {
  return `/risicomarge/${year}/voorstellen/${id}`
}

/** The number to quote for the payout of a year: there is one for each year. */
export function payoutReference(year: number): string {
  return `RM-${year}`
}

function isLive({ withdrawal, decision }: Proposal): boolean {
  return withdrawal === null && decision?.adopted !== false
}
