import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { type Cents, type Day, RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx } from '#platform'
import { checkAgreeing, divide, type Share, type Shift } from './rules/division.js'
import {
  type DivisionVersion,
  insertDivision,
  insertDivisionAgreement,
  lockDivision,
  readDivisions,
  readParts,
} from './store/division.store.js'

/** What one administrative wijk gets of the execution budget of a year, in cents. */
export interface DivisionPart extends Omit<Share, 'areaId'> {
  accountingDistrictId: string
  slug: string
  name: string
}

/** A proposal: the budget, what is shifted between wijken, and why there is another version. */
export interface Proposal {
  budgetCents: Cents
  shifts: readonly Shift[]
  /** Needed from the second version on. */
  reason: string
}

const REASON_LIMIT = 1000

/**
 * How the subsidy of a year is divided over the administrative wijken: proposed by the cooperative, agreed with the
 * gemeente. Versions are kept for ever; the last agreed one holds, and before there is one the last proposal.
 */
@Injectable()
export class SubsidyDivisions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Areas) private readonly areas: Areas,
  ) {}

  /** What the wijken can spend together in a year; of the agreed division, else of the last proposal. Null without either. */
  async executionBudget(year: number, tx: Tx = this.database.read): Promise<Cents | null> {
    return holding(await readDivisions(tx, year))?.budgetCents ?? null
  }

  /** What each administrative wijk gets in a year, in their usual order; empty when nothing was proposed. */
  async divisionOf(year: number, tx: Tx = this.database.read): Promise<DivisionPart[]> {
    const version = holding(await readDivisions(tx, year))
    return version ? this.partsOf(version.id, tx) : []
  }

  /** Every version of a year, the first one first. */
  async versions(year: number, tx: Tx = this.database.read): Promise<DivisionVersion[]> {
    return readDivisions(tx, year)
  }

  async partsOf(divisionId: string, tx: Tx = this.database.read): Promise<DivisionPart[]> {
    const rows = await readParts(tx, divisionId)
    const areas = await this.areas.accountingDistricts(tx)
    return areas.flatMap(({ id, slug, name }) => {
      const row = rows.find(({ accountingDistrictId }) => accountingDistrictId === id)
      if (!row) return []
      const { weight, keyCents, changeCents, reason } = row
      const cents = keyCents + changeCents
      return [{ accountingDistrictId: id, slug, name, weight, keyCents, changeCents, reason, cents }]
    })
  }

  /**
   * Proposes a division, or another version of it. What the last version says already adds nothing.
   * @throws RuleViolated of {@link divide}, `division.versionReasonNeeded`, `division.versionReasonTooLong`
   */
  async propose(year: number, proposal: Proposal, by: string | null): Promise<void> {
    await this.database.transaction((tx) => this.proposeIn(tx, year, proposal, by, this.clock.now()))
  }

  /** As {@link propose}, in the caller's transaction: for what was proposed elsewhere, at another time. */
  async proposeIn(tx: Tx, year: number, proposal: Proposal, by: string | null, at: Date): Promise<void> {
    await lockDivision(tx, year)
    const { budgetCents } = proposal
    const reason = proposal.reason.trim()
    const shares = divide(budgetCents, await this.areas.accountingDistricts(tx), proposal.shifts)
    const latest = (await readDivisions(tx, year)).at(-1)
    if (latest && (await this.saysTheSame(tx, latest, budgetCents, shares))) return
    if (latest && reason === '') throw RuleViolated.of('division.versionReasonNeeded', undefined, 'reden')
    if (reason.length > REASON_LIMIT)
      throw RuleViolated.of('division.versionReasonTooLong', undefined, 'reden')
    const version = (latest?.version ?? 0) + 1
    const row = {
      ...{ id: this.ids.next(), year, version, budgetCents, reason: latest ? reason : '' },
      ...{ proposedAt: at, proposedBy: by },
    }
    await insertDivision(tx, row, shares)
    await this.record(tx, by, 'division.proposed', year, { version, budgetCents: budgetCents.toString() })
  }

  /**
   * Records that the gemeente agreed with the last version on a day. A repeat changes nothing.
   * @throws RuleViolated of {@link checkAgreeing}
   */
  async agree(year: number, version: number, on: Day, by: string | null): Promise<void> {
    await this.database.transaction((tx) => this.agreeIn(tx, year, version, on, by))
  }

  /** As {@link agree}, in the caller's transaction. */
  async agreeIn(tx: Tx, year: number, version: number, on: Day, by: string | null): Promise<void> {
    await lockDivision(tx, year)
    const latest = (await readDivisions(tx, year)).at(-1) ?? null
    if (latest?.version === version && latest.agreedOn) return
    RuleViolated.throwIfAny(checkAgreeing(latest?.version ?? null, version, on, this.clock.today()))
    const recordedAt = this.clock.now()
    await insertDivisionAgreement(tx, { divisionId: latest!.id, agreedOn: on, recordedAt, recordedBy: by })
    await this.record(tx, by, 'division.agreed', year, { version, on })
  }

  private async saysTheSame(
    tx: Tx,
    { id, budgetCents }: DivisionVersion,
    newBudget: Cents,
    shares: Share[],
  ): Promise<boolean> {
    if (budgetCents !== newBudget) return false
    const parts = await this.partsOf(id, tx)
    return shares.every(({ areaId, weight, changeCents, reason }) =>
      parts.some(
        (part) =>
          part.accountingDistrictId === areaId &&
          part.weight === weight &&
          part.changeCents === changeCents &&
          part.reason === reason,
      ),
    )
  }

  private record(
    tx: Tx,
    actorId: string | null,
    action: string,
    year: number,
    details: Record<string, unknown>,
  ) {
    return this.audit.record(tx, {
      actorId,
      action,
      subject: { kind: 'subsidyDivision', id: String(year) },
      details,
    })
  }
}

function holding(versions: readonly DivisionVersion[]): DivisionVersion | null {
  return versions.findLast(({ agreedOn }) => agreedOn !== null) ?? versions.at(-1) ?? null
}
