import { Inject, Injectable } from '@nestjs/common'
import { canonicalJson, type Day, RuleViolated } from '#kernel'
import { Members } from '#members'
import { Audit, Clock, Database, Ids, sha256Hex, type Tx } from '#platform'
import { type HolderInSnapshot, readSnapshot, type SnapshotContent, snapshotOf } from './rules/snapshot.js'
import { GuaranteeSnapshotRow } from './store/entities.js'
import { lockYears, readAllMovements, type SubsidyYear } from './store/guarantee-register.store.js'

/** The guarantees of a subsidy year, frozen. */
export interface GuaranteeSnapshot extends Pick<SnapshotContent, 'holders' | 'changes'> {
  id: string
  year: number
  version: number
  referenceDay: Day
  /** Canonical JSON; `sha256` is its hash. */
  content: string
  sha256: string
  takenAt: Date
}

/**
 * Freezing who stood surety for how much on the last day of a subsidy year, as a distribution uses it. A snapshot is
 * never changed; what was recorded late gives a next version.
 */
@Injectable()
export class GuaranteeSnapshots {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Members) private readonly members: Members,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The latest version, or null when none was taken. */
  async ofYear(year: number, tx: Tx = this.database.read): Promise<GuaranteeSnapshot | null> {
    return (await this.all(year, tx))[0] ?? null
  }

  /** Every version, the latest first. */
  async all(year: number, tx: Tx = this.database.read): Promise<GuaranteeSnapshot[]> {
    const rows = await tx
      .getRepository(GuaranteeSnapshotRow)
      .find({ where: { year }, order: { version: 'DESC' } })
    return rows.map(asSnapshot)
  }

  /**
   * Takes a snapshot of a year that is over. While nothing changed it answers with the last one, so a repeat takes
   * none; two at once wait for each other.
   * @throws RuleViolated `guarantee.noYear`, `guarantee.snapshotTooEarly` (params day)
   */
  async take(tx: Tx, year: number, by: string | null): Promise<GuaranteeSnapshot> {
    const subsidy = (await lockYears(tx)).find((one) => one.year === year)
    if (!subsidy) throw RuleViolated.of('guarantee.noYear', { year: String(year) })
    const content = canonicalJson(await this.contentOf(subsidy, tx))
    const last = await this.ofYear(year, tx)
    if (last?.content === content) return last
    const row: GuaranteeSnapshotRow = {
      ...{ id: this.ids.next(), year, version: (last?.version ?? 0) + 1, referenceDay: lastDayOf(year) },
      ...{ content, sha256: sha256Hex(content), takenAt: this.clock.now(), takenBy: by },
    }
    await tx.getRepository(GuaranteeSnapshotRow).insert(row)
    await this.audit.record(tx, {
      actorId: by,
      action: 'guarantee.snapshotTaken',
      subject: { kind: 'guaranteeSnapshot', id: row.id },
      details: { year, version: row.version, sha256: row.sha256 },
    })
    return asSnapshot(row)
  }

  private async contentOf(subsidy: SubsidyYear, tx: Tx): Promise<SnapshotContent> {
    const referenceDay = lastDayOf(subsidy.year)
    if (this.clock.today() <= referenceDay)
      throw RuleViolated.of('guarantee.snapshotTooEarly', { day: referenceDay })
    const members = new Map((await this.members.asOf(referenceDay, tx)).map((one) => [one.id, one]))
    const named = (memberId: string): Pick<HolderInSnapshot, 'number' | 'name' | 'kind'> => {
      const { number = 0, name = '?', kind = null } = members.get(memberId) ?? {}
      return { number, name, kind }
    }
    return snapshotOf(subsidy.year, referenceDay, await readAllMovements(tx, referenceDay), named)
  }
}

function lastDayOf(year: number): Day {
  return `${year}-12-31`
}

function asSnapshot(row: GuaranteeSnapshotRow): GuaranteeSnapshot {
  const { id, year, version, referenceDay, content, sha256, takenAt } = row
  const { holders, changes } = readSnapshot(content)
  return { id, year, version, referenceDay, content, sha256, takenAt, holders, changes }
}
