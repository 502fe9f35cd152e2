import { Inject, Injectable } from '@nestjs/common'
import { type ReportStatus, Reports } from '#accountability'
import { type Agreement, Agreements, quartersOf, versionForQuarter } from '#agreements'
import { Areas } from '#areas'
import { type Cents, type Day, Quarter } from '#kernel'
import { Clock, Database, type Tx } from '#platform'
import { type CityFigures, cityFigures } from './rules/city-figures.js'
import { movementOf } from './rules/movement.js'
import { rollUp } from './rules/roll-up.js'
import type { ExpectedReport, GivenReport } from './rules/stated-report.js'
import {
  type LatestFigures,
  latestOfYear,
  latestOfYearOn,
  type QuarterLine,
  spentByAgreement,
  sumLines,
  sumQuarters,
} from './store/figures.store.js'

/** A quarter that has begun: how many reports are expected, and what those that are there say of the money. */
export interface QuarterMoney {
  quarter: Quarter
  expected: number
  reports: number
  budgetCents: Cents
  actualCents: Cents
  forecastCents: Cents
}

/** What a wijk that owes reports on a year expects of it, by its newest report that was handed in. */
export interface AreaOutlook {
  slug: string
  name: string
  counterparty: string
  wijkbudgetCents: Cents
  /** Null when there is no report on any quarter of the year. */
  latest: Omit<LatestFigures, 'agreementId'> | null
}

/** The part of the city to look at; nothing means all of it. */
export interface RollUpFilter {
  /** The short name of an administrative wijk. */
  district?: string | undefined
}

/** Reading what the wijken reported, put together for an administrative wijk or the city. */
@Injectable()
export class RollUps {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Areas) private readonly areas: Areas,
  ) {}

  /** The reports on a quarter put together; null when no agreement owes one. */
  async of(quarter: Quarter, { district }: RollUpFilter = {}, given?: Tx): Promise<CityFigures | null> {
    const read = async (tx: Tx) => {
      const expected = (await this.expected(quarter, tx)).filter(
        (one) => district === undefined || one.district?.slug === district,
      )
      if (expected.length === 0) return null
      const all = rollUp(expected, await this.given(quarter, tx))
      return cityFigures(quarter.toString(), all, movementOf(all, await this.before(quarter, expected, tx)))
    }
    return given ? read(given) : this.database.snapshot(read)
  }

  /** Every quarter that has begun and of which a report is expected, the latest first. */
  async quarters(tx: Tx = this.database.read): Promise<QuarterMoney[]> {
    const today = this.clock.today()
    const expected = new Map<string, number>()
    for (const agreement of await this.agreements.all(tx)) {
      if (agreement.kind !== 'district') continue
      for (const quarter of quartersOf(agreement))
        if (quarter.firstDay() <= today)
          expected.set(quarter.toString(), (expected.get(quarter.toString()) ?? 0) + 1)
    }
    const money = new Map((await sumQuarters(tx)).map((one) => [one.quarter, one]))
    const none = { reports: 0, budgetCents: 0n, actualCents: 0n, forecastCents: 0n }
    return [...expected]
      .map(([name, count]) => ({
        ...(money.get(name) ?? none),
        quarter: Quarter.parse(name),
        expected: count,
      }))
      .sort((a, b) => b.quarter.compare(a.quarter))
  }

  /** The money of every quarter by line. */
  async money(tx: Tx = this.database.read): Promise<QuarterLine[]> {
    return sumLines(tx)
  }

  /**
   * Every wijk that owes reports on the year, by name, with its newest forecast; what is missing is there too. With a day
   * as it was at the end of that: by what was signed and handed in by then. Until when an agreement runs is only known as
   * it is now.
   */
  async outlook(
    year: number,
    tx: Tx = this.database.read,
    { on = null }: { on?: Day | null } = {},
  ): Promise<AreaOutlook[]> {
    const figures = on === null ? await latestOfYear(tx, year) : await latestOfYearOn(tx, year, on)
    const latest = new Map(figures.map((one) => [one.agreementId, one]))
    const agreements = await this.agreements.all(tx)
    const signed = on === null ? agreements : agreements.map((one) => signedBy(on, one))
    return signed.flatMap((agreement): AreaOutlook[] => {
      const last = quartersOf(agreement).findLast((quarter) => quarter.year === year)
      const version = agreement.kind === 'district' && last ? versionForQuarter(agreement, last) : null
      if (!version) return []
      const { id, areaSlug: slug, areaName: name, counterparty } = agreement
      const { agreementId: _, ...newest } = latest.get(id) ?? { agreementId: id, quarter: null }
      return [
        {
          slug,
          name,
          counterparty: counterparty.name,
          wijkbudgetCents: version.terms.wijkbudgetCents,
          latest: newest.quarter === null ? null : newest,
        },
      ]
    })
  }

  private async expected(
    quarter: Quarter,
    tx: Tx,
  ): Promise<(ExpectedReport & { startsBefore: (quarter: Quarter) => boolean })[]> {
    const districts = new Map((await this.areas.accountingDistricts(tx)).map((one) => [one.id, one]))
    const governing = await this.agreements.withVersionOn(quarter, tx)
    return governing
      .filter(({ agreement }) => agreement.kind === 'district')
      .map(({ agreement, version: { terms } }) => {
        const { id, areaSlug, areaName, accountingDistrictId, startsOn } = agreement
        const district = districts.get(accountingDistrictId ?? '')
        return {
          agreementId: id,
          area: { slug: areaSlug, name: areaName },
          counterparty: agreement.counterparty.name,
          district: district ? { slug: district.slug, name: district.name } : null,
          wijkbudgetCents: terms.wijkbudgetCents,
          ownMeansShare: { num: terms.ownMeansShare.num, den: terms.ownMeansShare.den },
          startsBefore: (other) => startsOn <= other.lastDay(),
        }
      })
  }

  private async given(quarter: Quarter, tx: Tx): Promise<GivenReport[]> {
    const submitted = await this.reports.approvedContents({ quarter }, tx)
    return submitted.map(({ agreement, versionNumber, sha256, content, status }) => ({
      agreementId: agreement.id,
      standing: standingOf(status),
      version: versionNumber,
      sha256,
      stated: content,
    }))
  }

  /** Where an agreement began later than the quarter before, nothing was spent by then. */
  private async before(
    quarter: Quarter,
    expected: readonly { agreementId: string; startsBefore: (quarter: Quarter) => boolean }[],
    tx: Tx,
  ): Promise<Map<string, Cents> | null> {
    if (quarter.number === 1) return null
    const earlier = await spentByAgreement(tx, quarter.previous())
    for (const { agreementId, startsBefore } of expected)
      if (!startsBefore(quarter.previous())) earlier.set(agreementId, 0n)
    return earlier
  }
}

/** An agreement with the texts that were signed by the end of a day. */
function signedBy(day: Day, agreement: Agreement): Agreement {
  return { ...agreement, versions: agreement.versions.filter(({ signedOn }) => signedOn <= day) }
}

/** A report that came back is mended while its version stands. */
function standingOf(status: ReportStatus): GivenReport['standing'] {
  return status === 'approved' || status === 'submitted' ? status : 'returned'
}
