import { Inject, Injectable } from '@nestjs/common'
import type { Agreement } from '#agreements'
import { Agreements } from '#agreements'
import type { Quarter } from '#kernel'
import { Clock, Database, type Happening, type Task, type Visitor } from '#platform'
import { Reports } from './reports.service.js'
import { relationTo } from './rules/access.js'
import { isOwnReport, reviewerOf } from './rules/reviewers.js'
import type { QuarterStanding } from './rules/standing.js'
import { hasEnded } from './rules/timing.js'
import { readToldEvents, type ToldEvent } from './store/report-summaries.js'

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
   * For treasurer and coordinator: quarters that ended and wait for a report, reports to sign, and sections that came
   * back. For serviceteam and controller: the reports with sections that wait for them, except their own.
   */
  async tasksFor(visitor: Visitor): Promise<Task[]> {
    if (!visitor.has('treasurer', 'coordinator', 'serviceTeam', 'controller')) return []
    const today = this.clock.today()
    const standings = await this.reports.standings()
    return standings.flatMap(({ agreement, quarters }) => {
      const own = relationTo(visitor, agreement.counterparty.id) === 'own'
      return quarters.flatMap((standing) => [
        ...(own && hasEnded(standing.quarter, today) ? ownTasks(visitor, agreement, standing) : []),
        ...reviewTasks(visitor, agreement, standing),
      ])
    })
  }

  /** Submissions and verdicts; who only reads hears of submissions and of quarters that closed. */
  async happeningsFor(visitor: Visitor): Promise<Happening[]> {
    const agreements = await this.agreements.all()
    const events = await readToldEvents(
      this.database.read,
      agreements.map(({ id }) => id),
      HAPPENINGS,
    )
    return events.flatMap((event) => {
      const agreement = agreements.find(({ id }) => id === event.agreementId)!
      const reader = relationTo(visitor, agreement.counterparty.id) === 'reader'
      const forReaders = event.kind === 'submitted' || event.kind === 'closed'
      return reader && !forReaders ? [] : [happeningOf(agreement, event)]
    })
  }
}

function ownTasks(visitor: Visitor, agreement: Agreement, standing: QuarterStanding): Task[] {
  const { quarter, dueOn, status, completed, latest } = standing
  const path = pathOf(agreement, quarter)
  if (status === 'returned') return [task('returned', agreement, quarter, path, null)]
  if (status === 'completed') {
    const mayCome = visitor.hasFor('treasurer', agreement.counterparty.id)
    const other = completed?.byId !== visitor.personId
    const due = latest ? null : dueOn
    return mayCome && other ? [task('sign', agreement, quarter, `${path}/ondertekenen`, due)] : []
  }
  return status === 'empty' || status === 'draft'
    ? [task('due', agreement, quarter, `${path}/invullen`, dueOn)]
    : []
}

function reviewTasks(visitor: Visitor, agreement: Agreement, standing: QuarterStanding): Task[] {
  const mine = standing.waiting.some((section) => visitor.has(reviewerOf[section]))
  if (!mine || isOwnReport(visitor, standing, agreement.counterparty)) return []
  return [task('review', agreement, standing.quarter, pathOf(agreement, standing.quarter), null)]
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

function happeningOf(agreement: Agreement, event: ToldEvent): Happening {
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
