import { Inject, Injectable } from '@nestjs/common'
import type { Agreement } from '#agreements'
import { Agreements } from '#agreements'
import type { Quarter } from '#kernel'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { type QuarterStanding, Reports } from './reports.service.js'
import { relationTo } from './rules/access.js'
import { hasEnded } from './rules/timing.js'
import { type ReportEvent, readEvents } from './store/report-summaries.js'

const HAPPENINGS = 20

/** The quarterly reports on a person's start page. */
@Injectable()
export class Accountability {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * For treasurer and coordinator: the quarters that ended and wait for a report, and reports that came back. For
   * the serviceteam: the reports that wait for its verdict, except those that the person submitted himself.
   */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('treasurer', 'coordinator', 'serviceTeam')) return []
    const today = this.clock.today()
    const standings = await this.reports.standings()
    return standings.flatMap(({ agreement, quarters }) => {
      const own = relationTo(visitor, agreement.counterparty.id) === 'own'
      return quarters.flatMap((standing) => [
        ...(own && hasEnded(standing.quarter, today) ? ownTasks(agreement, standing) : []),
        ...(visitor.has('serviceTeam') ? reviewTasks(visitor, agreement, standing) : []),
      ])
    })
  }

  /** Submissions and verdicts; who only reads hears of submissions and approvals. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const agreements = await this.agreements.all()
    const events = await readEvents(
      this.database.read,
      agreements.map(({ id }) => id),
      HAPPENINGS,
    )
    return events.flatMap((event) => {
      const agreement = agreements.find(({ id }) => id === event.agreementId)!
      const reader = relationTo(visitor, agreement.counterparty.id) === 'reader'
      return reader && event.kind === 'returned' ? [] : [happeningOf(agreement, event)]
    })
  }
}

function ownTasks(agreement: Agreement, { quarter, dueOn, status }: QuarterStanding): Task[] {
  const path = pathOf(agreement, quarter)
  if (status === 'returned') return [task('returned', agreement, quarter, path, null)]
  return status === 'empty' || status === 'draft'
    ? [task('due', agreement, quarter, `${path}/invullen`, dueOn)]
    : []
}

function reviewTasks(
  visitor: Visitor,
  agreement: Agreement,
  { quarter, status, latest }: QuarterStanding,
): Task[] {
  if (status !== 'submitted' || latest?.submittedById === visitor.personId) return []
  return [task('review', agreement, quarter, pathOf(agreement, quarter), null)]
}

function task(
  name: string,
  agreement: Agreement,
  quarter: Quarter,
  href: string,
  dueOn: string | null,
): Task {
  const values = { area: agreement.areaName, quarter: String(quarter.number), year: String(quarter.year) }
  return { key: `accountability.tasks.${name}`, values, href, dueOn, openNow: false }
}

function happeningOf(agreement: Agreement, event: ReportEvent): Happening {
  const [year = '', number = ''] = event.quarter.split('-Q')
  return {
    key: `accountability.happenings.${event.kind}`,
    values: {
      area: agreement.areaName,
      quarter: number,
      year,
      version: String(event.version),
      name: event.byName,
    },
    href: `/verantwoording/${agreement.areaSlug}/${event.quarter}`,
    at: event.at,
  }
}

function pathOf({ areaSlug }: Agreement, quarter: Quarter): string {
  return `/verantwoording/${areaSlug}/${quarter}`
}
