import { Inject, Injectable } from '@nestjs/common'
import { formatCents } from '#kernel'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { PreInvestments } from './pre-investments.service.js'
import { type MarginOfYear, proposalPath, RiskMargin } from './risk-margin.service.js'
import { firstDayOf } from './rules/margin.js'
import { readPayouts } from './store/distribution.store.js'
import { YearClose } from './year-close.service.js'

/** What the risk margin asks of the board, the controller and the kascommissie, and what members were given. */
@Injectable()
export class RiskMarginStartPage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(YearClose) private readonly yearClose: YearClose,
    @Inject(PreInvestments) private readonly preInvestments: PreInvestments,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('director', 'controller', 'auditCommittee')) return []
    const tasks: Task[] = []
    for (const year of await this.riskMargin.years())
      tasks.push(...(await this.ofYear(visitor, (await this.riskMargin.ofYear(year))!)))
    if (visitor.has('auditCommittee')) tasks.push(...(await this.toAnswer(visitor)))
    return tasks
  }

  /** What the visitor's own members were given. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const payouts = await readPayouts(this.database.read, visitor.scopesOf('delegate'))
    return payouts.map(({ distributionId, year, partCents, earnedBackCents, postedAt }) => ({
      key: 'risk-margin.happenings.paidOut',
      values: { year: String(year), amount: formatCents(partCents + earnedBackCents) },
      href: proposalPath({ id: distributionId, year }),
      at: postedAt,
    }))
  }

  /** The reserve at the year's start, the proposal after its end, the payout after adoption; and the confirmation. */
  private async ofYear(visitor: Visitor, margin: MarginOfYear): Promise<Task[]> {
    const { subsidy, stage, reserve, marginCents, unspentCents, live } = margin
    const { year } = subsidy
    const page = `/risicomarge/${year}`
    const amount = formatCents(live?.amountCents ?? unspentCents)
    const tasks: Task[] = []
    const add = (key: string, href: string, values: Record<string, string>) =>
      tasks.push({ key: `risk-margin.tasks.${key}`, href, values, dueOn: null, openNow: false })
    if (!reserve && marginCents > 0n && this.clock.today() >= firstDayOf(year)) {
      if (visitor.has('director', 'controller'))
        add('reserve', page, { year: String(year), amount: formatCents(marginCents) })
    } else if (visitor.has('director')) {
      if (stage === 'toPropose') add('propose', page, { year: String(year), amount })
      if (stage === 'toPay' && live) add('payOut', proposalPath(live), { year: String(year), amount })
    }
    if (stage !== 'paid' && visitor.has('auditCommittee') && (await this.yearClose.waitsFor(visitor, year)))
      add('confirm', `${page}/jaarafsluiting`, { year: String(year) })
    return tasks
  }

  private async toAnswer(visitor: Visitor): Promise<Task[]> {
    const { entries } = await this.preInvestments.register()
    const waiting = entries.filter(({ answer, recordedBy }) => !answer && recordedBy !== visitor.personId)
    return waiting.map(({ name, cents }) => ({
      key: 'risk-margin.tasks.preInvestment',
      values: { member: name, amount: formatCents(cents) },
      href: '/voorinvesteringen',
      ...{ dueOn: null, openNow: false },
    }))
  }
}
