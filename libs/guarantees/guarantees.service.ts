import { Inject, Injectable } from '@nestjs/common'
import { type Cents, type Day, Fraction, RuleViolated, wasBy } from '#kernel'
import { type MemberOnDay, Members } from '#members'
import { Database, type Tx } from '#platform'
import { type StatuteSetting, Statutes } from '#statutes'
import { type Coverage, coverage } from './rules/coverage.js'
import { type GuaranteeChange, type HolderPosition, pledgeChangesOf, positionsOf } from './rules/movements.js'
import { type PledgeTerms, roomUnderCap } from './rules/pledge.js'
import {
  type GuaranteeMovement,
  lockYears,
  readAllMovements,
  readCapHolders,
  readYears,
  type SubsidyYear,
} from './store/guarantee-register.store.js'

/** A holder by name, with what it stands surety for. */
export interface Holder extends HolderPosition {
  name: string
  number: number
}

/** The guarantees of a subsidy year as they stood on a day, with the rules that say so. */
export interface GuaranteesOnDay {
  year: SubsidyYear
  day: Day
  rate: StatuteSetting<'guaranteeRate'>
  cap: StatuteSetting<'directorCap'>
  capHolders: { memberId: string; name: string }[]
  pledgedUnderCapCents: Cents
  roomUnderCapCents: Cents
  coverage: Coverage
  holders: Holder[]
}

/**
 * Who stands surety for how much. A pledge runs on until it changes, so the balance on a day follows from the
 * movements up to it; the subsidy year gives the base against which it is held.
 */
@Injectable()
export class Guarantees {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(Members) private readonly members: Members,
  ) {}

  /** The subsidy years, the latest first. */
  years(tx: Tx = this.database.read): Promise<SubsidyYear[]> {
    return readYears(tx)
  }

  /** A subsidy year, or null when nothing was awarded for it. */
  async year(year: number, tx: Tx = this.database.read): Promise<SubsidyYear | null> {
    return (await readYears(tx)).find((one) => one.year === year) ?? null
  }

  /**
   * A subsidy year, locked until the transaction ends: pledges and distributions wait for each other.
   * @throws RuleViolated `guarantee.noYear`
   */
  async lockedYear(year: number, tx: Tx): Promise<SubsidyYear> {
    const found = (await lockYears(tx)).find((one) => one.year === year)
    if (!found) throw RuleViolated.of('guarantee.noYear', { year: String(year) })
    return found
  }

  /** What every holder stood surety for at the end of a day, by name and member number; the largest first. */
  async holdersOn(day: Day, tx: Tx = this.database.read): Promise<Holder[]> {
    const members = new Map((await this.members.asOf(day, tx)).map((member) => [member.id, member]))
    return positionsOf(await readAllMovements(tx, day), day)
      .map((position) => ({ ...position, ...named(members.get(position.memberId)) }))
      .sort((a, b) => descending(a.pledgedCents, b.pledgedCents) || a.number - b.number)
  }

  /** All movements, or those through a day; by day, then in the order in which they were recorded. */
  movements(
    tx: Tx = this.database.read,
    { through = null }: { through?: Day | null } = {},
  ): Promise<GuaranteeMovement[]> {
    return readAllMovements(tx, through)
  }

  /**
   * Every change of a pledge through a day, signed: what each movement did when it came into force.
   * @param knownOn leaves out what was recorded after this day and works later: on this day nobody had announced it
   */
  async pledgeChanges(
    tx: Tx,
    through: Day,
    { knownOn = null }: { knownOn?: Day | null } = {},
  ): Promise<GuaranteeChange[]> {
    const movements = await readAllMovements(tx, through)
    const known =
      knownOn === null
        ? movements
        : movements.filter(({ onDay, recordedAt }) => onDay <= knownOn || wasBy(recordedAt, knownOn))
    return pledgeChangesOf(known, through)
  }

  /**
   * Required, pledged and open of a year, and the director's cap, as it all stood on a day. Rate and cap are
   * those of the year: on a later day the ones of its 31st of December.
   * @throws RuleViolated `statutes.missing` when no rate or cap holds yet
   */
  async on(day: Day, year: SubsidyYear, tx: Tx = this.database.read): Promise<GuaranteesOnDay> {
    const book = await this.statutes.asOf(within(year.year, day), tx)
    const rate = book.get('guaranteeRate')
    const cap = book.get('directorCap')
    const holders = await this.holdersOn(day, tx)
    const capMembers = await readCapHolders(tx, day, cap.value.holders)
    const terms = termsOf(year, rate.value, { fraction: cap.value.fraction, holders: capMembers }, holders)
    const room = roomUnderCap(terms)
    return {
      year,
      day,
      rate,
      cap,
      capHolders: await this.named(capMembers, day, tx),
      pledgedUnderCapCents: room.pledgedCents,
      roomUnderCapCents: room.roomCents,
      coverage: coverage(terms),
      holders,
    }
  }

  private async named(
    memberIds: readonly string[],
    day: Day,
    tx: Tx,
  ): Promise<{ memberId: string; name: string }[]> {
    const members = new Map((await this.members.asOf(day, tx)).map((member) => [member.id, member]))
    return memberIds.map((memberId) => ({ memberId, name: named(members.get(memberId)).name }))
  }
}

/** The same figures in the words of the rules. */
export function termsOf(
  year: SubsidyYear,
  rate: string,
  cap: { fraction: string; holders: readonly string[] },
  holders: readonly HolderPosition[],
): PledgeTerms {
  return {
    baseCents: year.guaranteeBaseCents,
    rate: Fraction.parse(rate),
    cap: { fraction: Fraction.parse(cap.fraction), holders: cap.holders },
    pledges: holders.map(({ memberId, pledgedCents }) => ({ holder: memberId, cents: pledgedCents })),
  }
}

function within(year: number, day: Day): Day {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  return day < first ? first : day > last ? last : day
}

function named(member: MemberOnDay | undefined): { name: string; number: number } {
  return { name: member?.name ?? '?', number: member?.number ?? Number.MAX_SAFE_INTEGER }
}

function descending(a: Cents, b: Cents): number {
  return a > b ? -1 : a < b ? 1 : 0
}
