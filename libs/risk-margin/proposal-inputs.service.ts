import { Inject, Injectable } from '@nestjs/common'
import { type GuaranteeSnapshot, GuaranteeSnapshots } from '#guarantees'
import { Members } from '#members'
import { Database, type Tx } from '#platform'
import { Statutes } from '#statutes'
import { MarginMotions } from './margin-motions.service.js'
import { PreInvestments } from './pre-investments.service.js'
import type { MarginOfYear } from './risk-margin.service.js'
import { type CarriedPeriod, periodsCarried } from './rules/carried.js'
import { DIVISION_RULE, type DistributionInputs } from './rules/frozen-inputs.js'
import { type Carrier, sharesOf } from './rules/shares.js'
import { YearClose } from './year-close.service.js'

/** Gathers everything that a proposal is computed from. */
@Injectable()
export class ProposalInputs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(GuaranteeSnapshots) private readonly snapshots: GuaranteeSnapshots,
    @Inject(Members) private readonly members: Members,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(MarginMotions) private readonly motions: MarginMotions,
    @Inject(PreInvestments) private readonly preInvestments: PreInvestments,
    @Inject(YearClose) private readonly yearClose: YearClose,
  ) {}

  /** Takes a snapshot when there is none or the last one is out of date, and reads the statutes of the year's last day. */
  async of(margin: MarginOfYear, tx: Tx, by: string): Promise<DistributionInputs> {
    const { subsidy, rate, lastDay, marginCents, spentCents, unspentCents } = margin
    const { year, awardedCents } = subsidy
    const book = await this.statutes.asOf(lastDay, tx)
    const sharers = book.get('distributionSharers')
    const reference = book.get('distributionReference')
    const reading = { sharers: sharers.value, reference: reference.value }
    const snapshot = await this.snapshots.take(tx, year, by)
    const { open } = await this.yearClose.of(year, tx)
    return {
      ...{ kind: 'samen.distribution', rule: DIVISION_RULE, year, awardedCents },
      ...{ rate: rate.value, rateArticle: rate.article, marginCents, spentCents, amountCents: unspentCents },
      ...{ ...reading, sharersArticle: sharers.article, referenceArticle: reference.article },
      referenceDay: lastDay,
      snapshot: { id: snapshot.id, version: snapshot.version, sha256: snapshot.sha256 },
      shares: sharesOf(snapshot, year, reading, await this.carriers(snapshot, tx)),
      preInvestments: await this.first(year, tx),
      openConditions: open,
    }
  }

  /** The snapshot that a proposal was made with, or null for one of before there were snapshots. */
  async snapshotOf(
    { year, snapshot }: DistributionInputs,
    tx: Tx = this.database.read,
  ): Promise<GuaranteeSnapshot | null> {
    if (!snapshot) return null
    return (await this.snapshots.all(year, tx)).find(({ id }) => id === snapshot.id) ?? null
  }

  /** Who was no member any more at the reference day shares as what it was when it carried its guarantee. */
  async carriers(snapshot: GuaranteeSnapshot, tx: Tx = this.database.read): Promise<Map<string, Carrier>> {
    const gone = snapshot.holders.filter(({ kind }) => kind === null)
    const carriers = new Map<string, Carrier>()
    for (const { memberId, number, name } of gone) {
      const changes = snapshot.changes.filter((change) => change.memberId === memberId)
      const last = periodsCarried(snapshot.year, changes).at(-1)
      const kind = last ? await this.kindIn(memberId, last, tx) : null
      carriers.set(memberId, { number, name, kind })
    }
    return carriers
  }

  /** A guarantee can outlive the membership; then the first day of the stretch says what the member was. */
  private async kindIn(memberId: string, { from, through }: CarriedPeriod, tx: Tx): Promise<Carrier['kind']> {
    const atEnd = await this.members.find(memberId, through, tx)
    return atEnd?.kind ?? (await this.members.find(memberId, from, tx))?.kind ?? null
  }

  private async first(year: number, tx: Tx): Promise<DistributionInputs['preInvestments']> {
    const decision = await this.motions.preInvestmentsFirst(year, tx)
    const outstanding = decision ? await this.preInvestments.outstanding(tx) : []
    return decision && outstanding.length > 0 ? { decision, outstanding } : null
  }
}
