import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies, Papers } from '#assemblies'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, Upload, type Visitor } from '#platform'
import { CityReportPaper } from './city-report-paper.js'
import type { Period } from './rules/period.js'
import { findRecord, insertOffer, lockPeriod } from './store/city-reports.store.js'

/** What stands on the agenda; Dutch, as every text of the cooperative. */
function itemOf({ kind, quarter, year }: Period): { title: string; explanation: string } {
  const title =
    kind === 'quarter' ? `Kwartaalbericht: ${quarter.number}e kwartaal ${year}` : `Jaardocument ${year}`
  return {
    title,
    explanation:
      'De ALV bespreekt de voortgang per wijk, en of de resultaten in verhouding staan tot het geld en de mensen. Het stuk staat bij dit agendapunt.',
  }
}

/** Putting a final report on the agenda of an assembly, with the PDF as its paper. */
@Injectable()
export class CityReportOffering {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(Papers) private readonly papers: Papers,
    @Inject(CityReportPaper) private readonly paper: CityReportPaper,
  ) {}

  /** The assemblies that it can be put to: all that are not over. */
  candidates(): ReturnType<Assemblies['runningOrUpcoming']> {
    return this.assemblies.runningOrUpcoming()
  }

  /**
   * Puts a version on the agenda: a new item, or a new version of the paper where an earlier version is already on that
   * agenda. A repeat for the same assembly changes nothing.
   * @throws NotFoundException, RuleViolated `cityReport.chooseAssembly`, and what adding an item and a paper throw
   */
  async offer(period: Period, number: number, assemblyId: string, visitor: Visitor): Promise<void> {
    const candidates = await this.candidates()
    if (!candidates.some(({ id }) => id === assemblyId))
      throw RuleViolated.of('cityReport.chooseAssembly', {}, 'vergadering')
    const found = await findRecord(this.database.read, period.name)
    const version = found?.versions.find((one) => one.number === number)
    if (!version) throw new NotFoundException()
    const upload = new Upload(`${fileName(period)}.pdf`, await this.paper.make(version))
    await this.database.transaction(async (tx) => {
      await lockPeriod(tx, this.ids.next(), period.name)
      const { offers } = (await findRecord(tx, period.name))!
      const there = offers.filter((offer) => offer.assemblyId === assemblyId)
      if (there.some((offer) => offer.version === number)) return
      const itemId = there[0]?.itemId ?? this.ids.next()
      const item = itemOf(period)
      const by = visitor.personId
      await this.assemblies.submitItem(tx, {
        ...{ ...item, id: itemId, assemblyId, type: 'discussion', minutes: 20, submittedBy: by },
      })
      await this.papers.attach(
        tx,
        assemblyId,
        itemId,
        { id: null, title: item.title, verbatim: false },
        upload,
        by,
      )
      await insertOffer(tx, {
        ...{ versionId: version.id, assemblyId, itemId, offeredAt: this.clock.now(), offeredBy: by },
      })
      await this.audit.record(tx, {
        actorId: by,
        action: 'cityReport.offered',
        subject: { kind: 'cityReport', id: period.name },
        details: { version: number, sha256: version.sha256, assemblyId, itemId },
      })
    })
  }
}

/** The name of the file of a report, without what kind of file it is. */
export function fileName({ kind, name }: Period): string {
  return kind === 'quarter' ? `kwartaalbericht-${name}` : `jaardocument-${name}`
}
