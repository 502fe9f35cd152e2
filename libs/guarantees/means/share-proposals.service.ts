import { Inject, Injectable } from '@nestjs/common'
import { type Cents, type Day, Fraction } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Clock, Database, type Tx } from '#platform'
import { type StatuteSetting, Statutes } from '#statutes'
import { Guarantees, type Holder } from '../guarantees.service.js'
import { type ProposedShare, type ProposedShares, proposeShares } from '../rules/proposed-share.js'
import { lastDayOf } from '../rules/year-statement.js'
import type { SubsidyYear } from '../store/guarantee-register.store.js'
import type { GuaranteeMeansRow } from '../store/means-entities.js'
import { MeansDeclarations } from './means-declarations.service.js'

/** A member with what it pledged, what it declared, and what is proposed; the last two only when it declared. */
export interface ProposedMember {
  member: MemberOnDay
  pledgedCents: Cents
  /** What the member offered, and waits for the cooperative. */
  offeredCents: Cents
  declared: GuaranteeMeansRow | null
  share: ProposedShare | null
}

/** The proposal of a year with what it rests on. Confidential as a whole: it holds what members declared. */
export interface YearProposal {
  year: number
  /** The pledges and members are those of this day. */
  day: Day
  /** Whose required guarantee is divided: of this year, or the last one before it that is known. */
  subsidyYear: SubsidyYear
  requiredCents: Cents
  capCents: Cents
  /** Null: the rules of that day say nothing of it. */
  equityShare: StatuteSetting<'guaranteeEquityShare'> | null
  incomeShare: StatuteSetting<'guaranteeIncomeShare'> | null
  members: ProposedMember[]
  /** Null without {@link equityShare}: then there is no bound, and nothing is proposed. */
  proposal: ProposedShares | null
}

/** Who would carry how much "naar draagkracht", for the members to decide about. */
@Injectable()
export class ShareProposals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(MeansDeclarations) private readonly declarations: MeansDeclarations,
    @Inject(Members) private readonly members: Members,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The years of which there is a proposal, the last one first: from the first subsidy year to this one. */
  async years(): Promise<number[]> {
    const first = (await this.guarantees.years()).at(-1)?.year
    const last = Number(this.clock.today().slice(0, 4))
    if (first === undefined || first > last) return []
    return Array.from({ length: last - first + 1 }, (_, back) => last - back)
  }

  /** The proposal as it stands today, or as it stood at the end of an earlier year; null outside {@link years}. */
  async of(year: number, tx: Tx = this.database.read): Promise<YearProposal | null> {
    const today = this.clock.today()
    const subsidyYear = (await this.guarantees.years(tx)).find((one) => one.year <= year)
    if (!subsidyYear || String(year) > today.slice(0, 4)) return null
    const end = lastDayOf(year)
    const day = end < today ? end : today
    const state = await this.guarantees.on(day, subsidyYear, tx)
    const book = await this.statutes.asOf(day, tx)
    const [equityShare, incomeShare] = [book.find('guaranteeEquityShare'), book.find('guaranteeIncomeShare')]
    const members = await this.candidates(tx, { year, day, holders: state.holders })
    const { requiredCents, capCents } = state.coverage
    const proposal =
      equityShare &&
      proposeShares(
        {
          requiredCents,
          equityShare: Fraction.parse(equityShare.value),
          incomeShare: incomeShare && Fraction.parse(incomeShare.value),
          cap: { holders: state.capHolders.map(({ memberId }) => memberId), cents: capCents },
        },
        members.map(({ member: { id }, pledgedCents, declared: means }) => ({ id, pledgedCents, means })),
      )
    const shares = new Map(proposal?.shares.map((share) => [share.id, share]))
    return {
      ...{ year, day, subsidyYear, requiredCents, capCents, equityShare, incomeShare, proposal },
      members: members.map((one) => ({ ...one, share: shares.get(one.member.id) ?? null })),
    }
  }

  /** The members of a day and who still stands surety. Of a member that left the pledge counts, its means don't. */
  private async candidates(
    tx: Tx,
    { year, day, holders }: { year: number; day: Day; holders: readonly Holder[] },
  ): Promise<Omit<ProposedMember, 'share'>[]> {
    const declared = await this.declarations.lastOf(year, tx)
    const positions = new Map(holders.map((holder) => [holder.memberId, holder]))
    const members = (await this.members.asOf(day, tx)).map((member) => ({
      member,
      pledgedCents: positions.get(member.id)?.pledgedCents ?? 0n,
      offeredCents: positions.get(member.id)?.offeredCents ?? 0n,
      declared: member.status === 'member' ? (declared.get(member.id) ?? null) : null,
    }))
    return members.filter(({ member, pledgedCents }) => member.status === 'member' || pledgedCents > 0n)
  }
}
