import { Inject, Injectable } from '@nestjs/common'
import { type Day, Quarter } from '#kernel'
import { Database, type Tx } from '#platform'
import { type Agreement, type AgreementVersion, versionForQuarter, versionOn } from './rules/agreement.js'
import { readAgreements } from './store/agreement-records.js'

/** An agreement with the version that governs. */
export interface GoverningAgreement {
  agreement: Agreement
  version: AgreementVersion
}

/** The agreements (SLA's) with wijkcoöperaties. Reading only: drafting and signing come later. */
@Injectable()
export class Agreements {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** All agreements, past and present, by the name of their area. */
  async all(tx: Tx = this.database.read): Promise<Agreement[]> {
    return readAgreements(tx)
  }

  /**
   * The agreements that a day or a quarter falls in, each with the version that holds then; for a quarter that
   * is the version at its end. An agreement without a signed version is left out.
   */
  async withVersionOn(when: Day | Quarter, tx: Tx = this.database.read): Promise<GoverningAgreement[]> {
    const agreements = await readAgreements(tx, when instanceof Quarter ? {} : { inForceOn: when })
    return agreements.flatMap((agreement) => {
      const version =
        when instanceof Quarter ? versionForQuarter(agreement, when) : versionOn(agreement, when)
      return version ? [{ agreement, version }] : []
    })
  }

  /** The agreement of an area by its short name (`oost`), or null. */
  async byArea(slug: string, tx: Tx = this.database.read): Promise<Agreement | null> {
    return (await readAgreements(tx, { areaSlug: slug }))[0] ?? null
  }

  /** The agreements of wijkcoöperaties that are this member, or in which it takes part. */
  async forMember(memberId: string, tx: Tx = this.database.read): Promise<Agreement[]> {
    return readAgreements(tx, { memberId })
  }

  /** All agreements of a wijkcoöperatie. */
  async forCounterparty(id: string, tx: Tx = this.database.read): Promise<Agreement[]> {
    return readAgreements(tx, { counterpartyId: id })
  }
}
