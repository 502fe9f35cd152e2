import { Inject, Injectable } from '@nestjs/common'
import { isShort, type ReportContent, Reports, type Standings, type SubmittedContent } from '#accountability'
import { Quarter } from '#kernel'
import { Database, type Tx } from '#platform'
import { type PublicResults, publicResults } from './rules/results.js'

/** An approved quarter as the public sees it, with the fingerprint of the version that it was made from. */
export interface ApprovedQuarter {
  results: PublicResults
  sha256: string
  submittedAt: Date
}

/** An area with its latest approved quarter; null while there is none. */
export interface AreaWithResults {
  slug: string
  name: string
  counterpartyName: string
  latest: PublicResults | null
}

/**
 * Reads approved quarterly reports for everybody. What is a draft, waits for a verdict, came back or was opened again
 * does not exist here.
 */
@Injectable()
export class ApprovedResults {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Reports) private readonly reports: Reports,
  ) {}

  /** Every area with an agreement, by name, with its latest approved quarter. */
  async areas(): Promise<AreaWithResults[]> {
    return this.database.snapshot(async (tx) => {
      const standings = await this.reports.standings(tx)
      const latest = standings.map((one) => approvedOf(one).at(0))
      const contents = await this.contentsOf(tx, latest)
      return standings
        .map(({ agreement }, index) => ({
          slug: agreement.areaSlug,
          name: agreement.areaName,
          counterpartyName: agreement.counterparty.name,
          latest: contents.get(keyOf(agreement.areaSlug, latest[index])) ?? null,
        }))
        .sort((a, b) => a.name.localeCompare(b.name, 'nl'))
    })
  }

  /** The approved quarters of an area, the latest first; null when no agreement has this area. */
  async quartersOf(
    slug: string,
  ): Promise<(Omit<AreaWithResults, 'latest'> & { quarters: PublicResults[] }) | null> {
    return this.database.snapshot(async (tx) => {
      const standing = (await this.reports.standings(tx)).find(({ agreement }) => agreement.areaSlug === slug)
      if (!standing) return null
      const { agreement } = standing
      const approved = approvedOf(standing)
      const contents = await this.contentsOf(tx, approved)
      return {
        slug,
        name: agreement.areaName,
        counterpartyName: agreement.counterparty.name,
        quarters: approved.flatMap((quarter) => contents.get(keyOf(slug, quarter)) ?? []),
      }
    })
  }

  /** One approved quarter; null when there is none at this address. */
  async find(slug: string, quarter: string): Promise<ApprovedQuarter | null> {
    const report = await this.reports.find({ area: slug, quarter })
    if (report?.status !== 'approved' || !report.latest) return null
    const { content, sha256, submittedAt } = report.latest
    const stated = JSON.parse(content) as ReportContent
    return { results: publicResults(stated, report.quarter, isShort), sha256, submittedAt }
  }

  private async contentsOf(
    tx: Tx,
    quarters: readonly (Quarter | undefined)[],
  ): Promise<Map<string, PublicResults>> {
    const found = new Map<string, PublicResults>()
    for (const name of new Set(quarters.flatMap((quarter) => quarter?.toString() ?? []))) {
      const contents = await this.reports.approvedContents({ quarter: Quarter.parse(name) }, tx)
      for (const one of contents.filter(isApproved))
        found.set(
          keyOf(one.agreement.areaSlug, one.quarter),
          publicResults(one.content, one.quarter, isShort),
        )
    }
    return found
  }
}

const isApproved = ({ status }: SubmittedContent) => status === 'approved'

const keyOf = (slug: string, quarter: Quarter | undefined) => `${slug} ${quarter}`

/** The latest first. */
function approvedOf({ quarters }: Standings): Quarter[] {
  return quarters
    .filter(({ status }) => status === 'approved')
    .map(({ quarter }) => quarter)
    .toSorted((a, b) => b.compare(a))
}
