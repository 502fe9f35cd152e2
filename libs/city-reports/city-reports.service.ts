import { Inject, Injectable } from '@nestjs/common'
import { AssemblyRecords } from '#assemblies'
import type { Day } from '#kernel'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import { isOver, type Period } from './rules/period.js'
import {
  type CityDraft,
  type CityOffer,
  type CityVersion,
  findRecord,
  listFinal,
} from './store/city-reports.store.js'

/** An assembly that has a version on its agenda, with what it is called. */
export type ShownOffer = CityOffer & { assembly: string; heldOn: Day }

/** The report of the city cooperative on a period: the draft, the versions that stand, and where they went. */
export interface CityReport {
  period: Period
  /** Whether the period is over, so that the report can be made. */
  over: boolean
  draft: CityDraft
  /** The newest first. */
  versions: CityVersion[]
  offers: ShownOffer[]
}

const NO_DRAFT: CityDraft = { texts: {}, revision: 0, savedAt: null, savedByName: '' }

/** Reads the reports of the city cooperative; writing them is `CityReportWriting`. */
@Injectable()
export class CityReports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AssemblyRecords) private readonly assemblies: AssemblyRecords,
  ) {}

  async of(period: Period, tx: Tx = this.database.read): Promise<CityReport> {
    const record = await findRecord(tx, period.name)
    const offers: ShownOffer[] = []
    for (const offer of record?.offers ?? []) {
      const assembly = await this.assemblies.assembly(offer.assemblyId, tx)
      if (assembly) offers.push({ ...offer, assembly: assembly.title, heldOn: assembly.heldOn })
    }
    return {
      period,
      over: isOver(period, this.clock.today()),
      draft: record?.draft ?? NO_DRAFT,
      versions: record?.versions ?? [],
      offers,
    }
  }

  /** Which periods have a final version, and which one. */
  async final(tx: Tx = this.database.read): Promise<Map<string, { number: number; finalisedAt: Date }>> {
    return new Map((await listFinal(tx)).map(({ period, ...version }) => [period, version]))
  }
}

/** The teamleider and the bestuurder report to the ALV (subsidy application 2018, § 8). */
export function makesReports(visitor: Visitor): boolean {
  return visitor.has('teamLead', 'director')
}
