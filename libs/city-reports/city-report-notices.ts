import { Inject, Injectable } from '@nestjs/common'
import { People } from '#identity'
import { Notices } from '#notices'
import { Clock, type Tx } from '#platform'
import type { Period } from './rules/period.js'

/** Where a report of the city cooperative lives. */
export function pathOfReport({ kind, name }: Pick<Period, 'kind' | 'name'>): string {
  return kind === 'quarter' ? `/verantwoording/stad/${name}/rapport` : `/jaardocument/${name}`
}

/** Sends each final report to the gemeente in copy, in the transaction that makes it final. */
@Injectable()
export class CityReportNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(People) private readonly people: People,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @returns to how many people it goes; the PDF goes with the mail */
  async copy(
    tx: Tx,
    { period, number, sha256 }: { period: Period; number: number; sha256: string },
  ): Promise<number> {
    const gemeente = await this.people.holders('municipality', this.clock.today(), tx)
    const model = {
      period: period.name,
      quarterNumber: period.kind === 'quarter' ? String(period.quarter.number) : '',
      year: String(period.year),
      version: number,
      sha256,
      path: `${pathOfReport(period)}/versies/${number}`,
    }
    await this.notices.send(
      tx,
      gemeente.map(({ personId, name, email }) => ({
        notice: 'city-reports/copy',
        to: { personId, name, email },
        model,
        key: `city-report-copy:${period.name}:${number}:${personId}`,
      })),
    )
    return gemeente.length
  }
}
