import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import { Notices } from '#notices'
import { Clock, type Tx, type Visitor } from '#platform'
import type { Report } from './reports.service.js'
import type { ReviewVerdict } from './rules/status.js'

interface SubmittedVersion {
  id: string
  number: number
  sha256: string
  submittedAt: Date
}

/** Tells people by mail what happened to a report, in the transaction in which it happens. */
@Injectable()
export class ReportNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A receipt to who submitted and to the coordinator; to the serviceteam that there is something to review. */
  async submitted(tx: Tx, report: Report, version: SubmittedVersion, by: Visitor): Promise<void> {
    const submitter: Holder = { personId: by.personId, name: by.name, email: by.email, scopeId: null }
    const own = onlyOnce([submitter, ...(await this.holdersFor(tx, report, 'coordinator'))])
    const reviewers = onlyOnce(await this.people.holders('serviceTeam', this.clock.today(), tx))
    const model = {
      ...modelOf(report, version),
      submittedBy: by.name,
      submittedAt: version.submittedAt.toISOString(),
    }
    await this.notices.send(tx, [
      ...own.map((to) => noticeOf('report-submitted', to, { ...model, receipt: true }, version)),
      ...without(reviewers, own).map((to) =>
        noticeOf('report-submitted', to, { ...model, receipt: false }, version),
      ),
    ])
  }

  /** The verdict to treasurer and coordinator of the wijkcoöperatie. */
  async reviewed(
    tx: Tx,
    report: Report,
    version: SubmittedVersion,
    { verdict, reason }: { verdict: ReviewVerdict; reason: string },
    reviewedBy: string,
  ): Promise<void> {
    const treasurers = await this.holdersFor(tx, report, 'treasurer')
    const coordinators = await this.holdersFor(tx, report, 'coordinator')
    const model = { ...modelOf(report, version), reason, reviewedBy }
    await this.notices.send(
      tx,
      onlyOnce([...treasurers, ...coordinators]).map((to) =>
        noticeOf(`report-${verdict}`, to, model, version),
      ),
    )
  }

  private async holdersFor(
    tx: Tx,
    { agreement }: Report,
    role: 'treasurer' | 'coordinator',
  ): Promise<Holder[]> {
    const holders = await this.people.holders(role, this.clock.today(), tx)
    return holders.filter(({ scopeId }) => scopeId === agreement.counterparty.id)
  }
}

function modelOf({ agreement, quarter }: Report, { number, sha256 }: SubmittedVersion) {
  return {
    areaName: agreement.areaName,
    counterparty: agreement.counterparty.name,
    quarterNumber: String(quarter.number),
    year: String(quarter.year),
    version: number,
    sha256,
    path: `/verantwoording/${agreement.areaSlug}/${quarter}`,
  }
}

function noticeOf(
  name: string,
  { personId, name: toName, email }: Holder,
  model: object,
  version: SubmittedVersion,
) {
  return {
    notice: `accountability/${name}`,
    to: { personId, name: toName, email },
    model,
    key: `${name}:${version.id}:${personId}`,
  }
}

function onlyOnce(holders: readonly Holder[]): Holder[] {
  return [...new Map(holders.map((holder) => [holder.personId, holder])).values()]
}

function without(holders: readonly Holder[], others: readonly Holder[]): Holder[] {
  return holders.filter(({ personId }) => !others.some((other) => other.personId === personId))
}
