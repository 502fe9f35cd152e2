import { Inject, Injectable } from '@nestjs/common'
import { Quarter } from '#kernel'
import { Clock, type Happening, type Task, type Visitor } from '#platform'
import { pathOfReport } from './city-report-notices.js'
import { CityReports, makesReports } from './city-reports.service.js'
import { RollUps } from './roll-ups.service.js'
import { quarterPeriod, readPeriod } from './rules/period.js'

/** What the reports of the city cooperative ask of who makes them, and that there is a new one to read. */
@Injectable()
export class CityReportStartPage {
  constructor(
    @Inject(CityReports) private readonly reports: CityReports,
    @Inject(RollUps) private readonly rollUps: RollUps,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The report on the quarter that ended last, until it is final. */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!makesReports(visitor)) return []
    const period = quarterPeriod(Quarter.of(this.clock.today()).previous())
    const quarters = await this.rollUps.quarters()
    const owed = quarters.some(({ quarter }) => quarter.compare(period.quarter) === 0)
    if (!owed || (await this.reports.final()).has(period.name)) return []
    const values = { number: String(period.quarter.number), year: String(period.year) }
    return [
      { key: 'city-reports.tasks.quarter', values, href: pathOfReport(period), dueOn: null, openNow: false },
    ]
  }

  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    if (!visitor.has('delegate', 'municipality', 'chair', 'secretary', 'auditCommittee')) return []
    return [...(await this.reports.final())].map(([name, { finalisedAt: at }]) => {
      const period = readPeriod(name)!
      const values = { number: String(period.quarter.number), year: String(period.year) }
      return { key: `city-reports.happenings.${period.kind}`, values, href: pathOfReport(period), at }
    })
  }
}
