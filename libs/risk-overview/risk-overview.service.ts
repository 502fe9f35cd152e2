import { Inject, Injectable } from '@nestjs/common'
import { RollUps } from '#city-reports'
import { type Call, GuaranteeCalls } from '#guarantee-calls'
import { divideCall, Guarantees, type GuaranteesOnDay, type SubsidyYear } from '#guarantees'
import { type Cents, type Day, Quarter } from '#kernel'
import { Ledger } from '#ledger'
import { type MemberOnDay, Members } from '#members'
import { Clock, Database } from '#platform'
import { type MarginOfYear, MarginUses, RiskMargin } from '#risk-margin'
import { type StatuteSetting, Statutes } from '#statutes'
import { announcedAfter, type HolderChange } from './rules/announced.js'
import { type Concentration, concentrationOf } from './rules/concentration.js'
import { type CoverOnDay, coverPerMonth } from './rules/cover-history.js'
import { forecastOf, type YearForecast } from './rules/forecast.js'
import type { Holding } from './rules/holding.js'
import { type Payback, paybackOf } from './rules/payback.js'
import { type Buffers, type Outcome, type Question, whatIf } from './rules/what-if.js'

/** A holder as the page names it. */
export interface NamedHolder extends Holding {
  name: string
  number: number
  callPaidCents: Cents
  /** Offered, and not accepted yet: no part of the pledge. */
  offeredCents: Cents
}

/** A change of a pledge that is recorded and works later, with what is pledged in all from then on. */
export interface NamedChange extends HolderChange {
  name: string
  coverCents: Cents
}

/** A use of the margin, by decision. */
export type MarginUse = Awaited<ReturnType<MarginUses['of']>>[number]

/** Whether the day of an overview is over, goes on, or has yet to come. */
export type Tense = 'past' | 'today' | 'future'

/** Everything the page says of a subsidy year, as it stood at the end of a day. */
export interface RiskOverviewOnDay {
  day: Day
  tense: Tense
  guarantees: GuaranteesOnDay
  holders: NamedHolder[]
  concentration: Concentration
  announced: NamedChange[]
  history: CoverOnDay[]
  /** The calls of the year that stand: proposed, issued or settled. */
  calls: Call[]
  margin: MarginOfYear
  /** What the margin was used for, and not undone. */
  uses: MarginUse[]
  buffers: Buffers
  forecast: YearForecast
  /** What the forecast would mean for everyone who guarantees. */
  expected: Outcome
  /** What everyone gets of the margin that the forecast leaves. */
  payback: Payback[]
  sharers: StatuteSetting<'distributionSharers'>
  /** How long before a decrease works it must be said; null when the statutes do not say. */
  notice: StatuteSetting<'guaranteeNoticeWeeks'> | null
}

/** The account of the egalisatiereserve; a credit balance. */
const RESERVE = 'BEivOreEga'
const STANDING: readonly Call['state'][] = ['proposed', 'adopted', 'issued', 'settled']
/** Later than any change that is recorded. */
const FOR_EVER: Day = '9999-12-31'

/**
 * Who guarantees how much, whether it is covered, who pays what if it goes wrong and who gets what back if it goes
 * well: read from the registers, nothing kept of its own.
 */
@Injectable()
export class RiskOverview {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(GuaranteeCalls) private readonly guaranteeCalls: GuaranteeCalls,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(MarginUses) private readonly marginUses: MarginUses,
    @Inject(RollUps) private readonly rollUps: RollUps,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(Members) private readonly members: Members,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The overview of a subsidy year at the end of a day. Of a day that has yet to come the guarantees are what is agreed
   * for it, and calls, margin and forecast what is known now. The award, and until when an agreement runs, are kept
   * without earlier readings: these are as they are now on any day.
   * @throws RuleViolated `statutes.missing` when no rate or cap holds yet
   */
  async of(subsidy: SubsidyYear, day: Day): Promise<RiskOverviewOnDay> {
    const { read } = this.database
    const today = this.clock.today()
    const tense = tenseOf(day, today)
    const on = tense === 'past' ? day : null
    const [guarantees, changes, members, calls, margin, uses, areas, reserve, yearBook, dayBook] =
      await Promise.all([
        this.guarantees.on(day, subsidy),
        this.guarantees.pledgeChanges(read, FOR_EVER, { knownOn: on }),
        this.members.asOf(day),
        this.guaranteeCalls.all(read, { on }),
        this.riskMargin.ofYear(subsidy.year, { on }),
        this.marginUses.of(subsidy.year, read, { on }),
        this.rollUps.outlook(subsidy.year, read, { on }),
        this.ledger.balance({ account: RESERVE, through: on ?? today }),
        this.statutes.asOf(`${fourDigits(subsidy.year)}-12-31`),
        this.statutes.asOf(day),
      ])
    const holders = guarantees.holders.map(({ memberId: id, ...holder }) => ({ id, ...holder }))
    const buffers = { marginCents: readyOf(margin!), reserveCents: reserve < 0n ? -reserve : 0n }
    const forecast = forecastOf(areas, lastQuarterOver(subsidy.year, on ?? today))
    const expected = answer({ buffers, holders }, { lossCents: forecast.lossCents, without: [] })
    const sharers = yearBook.get('distributionSharers')
    return {
      ...{ day, tense, guarantees, holders, margin: margin!, buffers, forecast, expected, sharers },
      calls: calls.filter((call) => call.year === subsidy.year && STANDING.includes(call.state)),
      uses: uses.filter(({ reversal }) => reversal === null),
      notice: dayBook.find('guaranteeNoticeWeeks'),
      concentration: concentrationOf(holders, guarantees.coverage.requiredCents),
      announced: named(announcedAfter(day, changes), guarantees.coverage.pledgedCents, members),
      history: coverPerMonth(changes, historyStart(subsidy.year, day), day),
      payback: paybackOf(expected.marginLeftCents, sharing(holders, members, sharers.value)),
    }
  }
}

function tenseOf(day: Day, today: Day): Tense {
  if (day === today) return 'today'
  return day < today ? 'past' : 'future'
}

function lastQuarterOver(year: number, day: Day): string | null {
  const quarters = [1, 2, 3, 4].map((number) => Quarter.parse(`${fourDigits(year)}-Q${number}`))
  return quarters.findLast((quarter) => quarter.lastDay() < day)?.toString() ?? null
}

/** Who pays what in this situation, by the same rules as a call is divided. */
export function answer(
  { buffers, holders }: Pick<RiskOverviewOnDay, 'buffers' | 'holders'>,
  question: Question,
): Outcome {
  return whatIf(buffers, holders, question, divideCall)
}

/** What of the margin can still catch a loss: nothing any more once it was paid out. */
function readyOf({ stage, unspentCents }: MarginOfYear): Cents {
  return stage === 'paid' ? 0n : unspentCents
}

/** From the year's first day; when that is less than one or more than two years ago, from a year before the day. */
function historyStart(year: number, day: Day): Day {
  const dayYear = Number(day.slice(0, 4))
  return dayYear === year + 1
    ? `${fourDigits(year)}-01-01`
    : `${fourDigits(Math.max(dayYear - 1, 1))}-${day.slice(5, 7)}-01`
}

const fourDigits = (year: number) => String(year).padStart(4, '0')

function named(
  changes: readonly HolderChange[],
  coverCents: Cents,
  members: readonly MemberOnDay[],
): NamedChange[] {
  const names = new Map(members.map(({ id, name }) => [id, name]))
  let cover = coverCents
  return changes.map((change) => {
    cover += change.cents
    return { ...change, name: names.get(change.id) ?? '?', coverCents: cover }
  })
}

function sharing(
  holders: readonly NamedHolder[],
  members: readonly MemberOnDay[],
  sharers: 'allGuarantors' | 'votingMembers',
): NamedHolder[] {
  const voting = new Set(members.filter(({ kind }) => kind === 'voting').map(({ id }) => id))
  return holders.filter(
    ({ id, pledgedCents }) => pledgedCents > 0n && (sharers === 'allGuarantors' || voting.has(id)),
  )
}
