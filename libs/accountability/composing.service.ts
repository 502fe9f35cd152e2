import { Inject, Injectable } from '@nestjs/common'
import { Files } from '#files'
import type { Day } from '#kernel'
import { Clock, type Tx } from '#platform'
import { fieldsOf } from './drafting.service.js'
import type { Report } from './reports.service.js'
import type { Finding } from './rules/assess-report.js'
import { composeReport } from './rules/compose-report.js'
import type { Draft } from './rules/draft.js'
import { actualsOf, type ReportAnnex } from './rules/report-content.js'
import { timingViolations } from './rules/timing.js'

/** What a draft would state, and everything that is the matter with it; `json` only when it may be submitted. */
export interface Composition {
  json: string | null
  findings: Finding[]
}

/** Makes of a draft, as it stands, the text of a version. */
@Injectable()
export class Composing {
  constructor(
    @Inject(Files) private readonly files: Files,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param today for what was entered later: the day on which it was submitted */
  async of(report: Report, tx?: Tx, today: Day = this.clock.today()): Promise<Composition> {
    const { agreement, agreementVersion, quarter, template, previous } = report
    const outside = timingViolations(quarter, agreement, today)
    const { json, findings } = composeReport(
      {
        template,
        quarter,
        today,
        previous: previous && actualsOf(previous),
        subject: {
          area: { slug: agreement.areaSlug, name: agreement.areaName },
          counterparty: { id: agreement.counterparty.id, name: agreement.counterparty.name },
          agreement: { id: agreement.id, version: agreementVersion.number },
        },
        annexes: await this.annexesOf(report, tx),
      },
      draftOf(report),
    )
    if (outside.length === 0) return { json, findings }
    const early = outside.map(
      ({ code, params }): Finding => ({ severity: 'blocking', code, path: '', ...(params && { params }) }),
    )
    // Said once for the whole report, not for every amount again.
    return {
      json: null,
      findings: [...early, ...findings.filter(({ code }) => code !== 'report.actualInFuture')],
    }
  }

  private async annexesOf({ record }: Report, tx?: Tx): Promise<ReportAnnex[]> {
    const ids = (record?.annexes ?? []).map(({ fileId }) => fileId)
    if (ids.length === 0) return []
    const about = await this.files.about(ids, tx)
    return ids.map((id) => ({ id, name: about.get(id)!.name, sha256: about.get(id)!.sha256 }))
  }
}

function draftOf(report: Report): Draft {
  return Object.fromEntries([...fieldsOf(report)].map(([field, { text }]) => [field, text]))
}
