import { Inject, Injectable } from '@nestjs/common'
import { type Holder, People } from '#identity'
import { Notices } from '#notices'
import { Clock, Messages, type Tx, type Visitor } from '#platform'
import type { Report } from './reports.service.js'
import type { Section } from './rules/report-template.js'

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
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** To the treasurers, except who completed it himself: it can be signed. */
  async completed(tx: Tx, report: Report, by: Visitor): Promise<void> {
    const treasurers = onlyOnce(await this.holdersFor(tx, report, 'treasurer'))
    const model = { ...subjectOf(report), completedBy: by.name }
    // The draft can be completed again after a change: each time is told once.
    const key = `${report.record!.id}:${report.record!.events.length}`
    await this.notices.send(
      tx,
      without(treasurers, [holderOf(by)]).map((to) => noticeOf('report-completed', to, model, key)),
    )
  }

  /** A receipt to who signed and to the coordinators; to serviceteam and controllers that there is something to review. */
  async submitted(tx: Tx, report: Report, version: SubmittedVersion, by: Visitor): Promise<void> {
    const own = onlyOnce([holderOf(by), ...(await this.holdersFor(tx, report, 'coordinator'))])
    const model = {
      ...modelOf(report, version),
      versionId: version.id,
      submittedBy: by.name,
      submittedAt: version.submittedAt.toISOString(),
    }
    const reviewers = without(await this.reviewers(tx), own)
    await this.notices.send(tx, [
      ...own.map((to) => noticeOf('report-submitted', to, { ...model, receipt: true }, version.id)),
      ...reviewers.map((to) => noticeOf('report-submitted', to, { ...model, receipt: false }, version.id)),
    ])
  }

  /** To who would review it: there is nothing to do for now. */
  async withdrawn(
    tx: Tx,
    report: Report,
    version: SubmittedVersion,
    reason: string,
    by: Visitor,
  ): Promise<void> {
    const model = { ...modelOf(report, version), reason, withdrawnBy: by.name }
    await this.notices.send(
      tx,
      (await this.reviewers(tx)).map((to) => noticeOf('report-withdrawn', to, model, version.id)),
    )
  }

  /** The questions to treasurer and coordinator. */
  async returned(
    tx: Tx,
    report: Report,
    version: SubmittedVersion,
    questions: readonly { section: Section; text: string }[],
    by: Visitor,
  ): Promise<void> {
    const model = {
      ...modelOf(report, version),
      reviewedBy: by.name,
      questions: questions.map(({ section, text }) => ({ section: this.nameOf(section), text })),
    }
    const key = `${version.id}:${questions.map(({ section }) => section).join('+')}`
    await this.tellOwn(tx, report, 'report-returned', model, key)
  }

  /** To treasurer and coordinator: the quarter is closed. */
  async approved(tx: Tx, report: Report, version: SubmittedVersion, by: Visitor): Promise<void> {
    const model = { ...modelOf(report, version), reviewedBy: by.name }
    const key = `${version.id}:${report.record!.events.length}`
    await this.tellOwn(tx, report, 'report-approved', model, key)
  }

  /** To treasurer and coordinator: what is open again, and why. */
  async reopened(
    tx: Tx,
    report: Report,
    version: SubmittedVersion,
    { sections, reason }: { sections: readonly Section[]; reason: string },
    by: Visitor,
  ): Promise<void> {
    const model = {
      ...modelOf(report, version),
      ...{ reason, reopenedBy: by.name, sections: sections.map((section) => this.nameOf(section)) },
    }
    await this.tellOwn(tx, report, 'report-reopened', model, `${version.id}:${report.record!.events.length}`)
  }

  private async tellOwn(tx: Tx, report: Report, name: string, model: object, key: string): Promise<void> {
    const treasurers = await this.holdersFor(tx, report, 'treasurer')
    const coordinators = await this.holdersFor(tx, report, 'coordinator')
    const own = onlyOnce([...treasurers, ...coordinators])
    await this.notices.send(
      tx,
      own.map((to) => noticeOf(name, to, model, key)),
    )
  }

  private async reviewers(tx: Tx): Promise<Holder[]> {
    const today = this.clock.today()
    const team = await this.people.holders('serviceTeam', today, tx)
    return onlyOnce([...team, ...(await this.people.holders('controller', today, tx))])
  }

  private async holdersFor(
    tx: Tx,
    { agreement }: Report,
    role: 'treasurer' | 'coordinator',
  ): Promise<Holder[]> {
    const holders = await this.people.holders(role, this.clock.today(), tx)
    return holders.filter(({ scopeId }) => scopeId === agreement.counterparty.id)
  }

  /** Mails are in Dutch. */
  private nameOf(section: Section): string {
    return this.messages.text('nl', `accountability.section.${section}`)
  }
}

function subjectOf({ agreement, quarter }: Report) {
  return {
    areaName: agreement.areaName,
    counterparty: agreement.counterparty.name,
    quarterNumber: String(quarter.number),
    year: String(quarter.year),
    path: `/verantwoording/${agreement.areaSlug}/${quarter}`,
  }
}

function modelOf(report: Report, { number, sha256 }: SubmittedVersion) {
  return { ...subjectOf(report), version: number, sha256 }
}

function noticeOf(name: string, { personId, name: toName, email }: Holder, model: object, key: string) {
  return {
    notice: `accountability/${name}`,
    to: { personId, name: toName, email },
    model,
    key: `${name}:${key}:${personId}`,
  }
}

function holderOf({ personId, name, email }: Visitor): Holder {
  return { personId, name, email, scopeId: null }
}

function onlyOnce(holders: readonly Holder[]): Holder[] {
  return [...new Map(holders.map((holder) => [holder.personId, holder])).values()]
}

function without(holders: readonly Holder[], others: readonly Holder[]): Holder[] {
  return holders.filter(({ personId }) => !others.some((other) => other.personId === personId))
}
