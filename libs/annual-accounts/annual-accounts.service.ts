import { Inject, Injectable } from '@nestjs/common'
import {
  AssemblyRecords,
  type AuthorisingDecision,
  AuthorisingMotions,
  type MotionStanding,
} from '#assemblies'
import { People } from '#identity'
import { type Day, dayOf } from '#kernel'
import { Members } from '#members'
import { Clock, Database, type Tx, type Visitor } from '#platform'
import {
  type AccountsCourse,
  type AccountsStep,
  dueOn,
  isPending,
  isReviewed,
  isSigned,
  lateness,
  nextStep,
} from './rules/course.js'
import { type AccountsTerms, termsOf } from './rules/terms.js'
import {
  findExtension,
  findLastOffer,
  findReview,
  listYears,
  readReviewSignatures,
  readSignatures,
  readVersions,
} from './store/accounts.store.js'
import type {
  AccountsExtensionRow,
  AccountsOfferRow,
  AccountsReviewRow,
  AccountsSignatureRow,
  AnnualAccountsRow,
  OfferKind,
  ReviewKind,
  ReviewSignatureRow,
} from './store/entities.js'

export type Offer = AccountsOfferRow & {
  standing: MotionStanding
  convenedOn: Day | null
  heldOn: Day
  assembly: string
}

/** The accounts of one year with everything that happened to them. */
export interface AccountsOfYear {
  year: number
  versions: AnnualAccountsRow[]
  /** What they are now; null before anything was drawn up. */
  latest: AnnualAccountsRow | null
  signatures: AccountsSignatureRow[]
  review: (AccountsReviewRow & { signatures: ReviewSignatureRow[] }) | null
  adoption: Offer | null
  discharge: Offer | null
  extension: AccountsExtensionRow | null
  course: AccountsCourse
  terms: AccountsTerms
  step: AccountsStep
  dueOn: Day | null
  late: { drawnUp: boolean; adopted: boolean }
  /** Whether every member can read them: from the convocation on (BW 2:58). */
  laidOpen: boolean
}

/** How far the accounts of a year are, for who closes the year. */
export interface AccountsState {
  drawnUp: { on: Day; signed: boolean } | null
  reviewed: { kind: ReviewKind; on: Day } | null
  adopted: { decision: AuthorisingDecision } | null
  /** Never before they are adopted: adoption is not discharge, and discharge is of adopted accounts (BW 2:58). */
  discharged: { decision: AuthorisingDecision } | null
}

/** Reading annual accounts. How they stand follows from what was recorded; nothing else is kept of it. */
@Injectable()
export class AnnualAccounts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(People) private readonly people: People,
    @Inject(Members) private readonly members: Members,
    @Inject(AuthorisingMotions) private readonly motions: AuthorisingMotions,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
  ) {}

  /** The years that have accounts and the last one that is over, the latest first; none before there were members. */
  async years(tx: Tx = this.database.read): Promise<number[]> {
    const known = await listYears(tx)
    const last = Number(this.clock.today().slice(0, 4)) - 1
    if (known.includes(last)) return known
    const members = await this.members.asOf(endOf(last), tx)
    return members.length > 0 ? [...known, last].sort((a, b) => b - a) : known
  }

  /** Null when there are no accounts of that year to speak of: it is not over, or was before the cooperative. */
  async of(year: number, tx: Tx = this.database.read): Promise<AccountsOfYear | null> {
    return (await this.years(tx)).includes(year) ? this.read(year, tx) : null
  }

  /** Every year that has accounts to speak of, the latest first. */
  async all(tx: Tx = this.database.read): Promise<AccountsOfYear[]> {
    const known: AccountsOfYear[] = []
    for (const year of await this.years(tx)) known.push(await this.read(year, tx))
    return known
  }

  /** How far the accounts of a year are; everything null when there are none. */
  async stateOf(year: number, tx: Tx = this.database.read): Promise<AccountsState> {
    const { versions, course, review, adoption, discharge } = await this.read(year, tx)
    const first = versions[0]
    const adopted = decisionOf(adoption)
    const discharged = decisionOf(discharge)
    return {
      drawnUp: first ? { on: dayOf(first.drawnUpAt), signed: isSigned(course) } : null,
      reviewed: review && isReviewed(course) ? { kind: review.kind, on: dayOf(review.submittedAt) } : null,
      adopted: adopted && { decision: adopted },
      discharged: adopted && discharged && { decision: discharged },
    }
  }

  private async read(year: number, tx: Tx): Promise<AccountsOfYear> {
    const versions = await readVersions(tx, year)
    const latest = versions.at(-1) ?? null
    const signatures = latest ? await readSignatures(tx, latest.id) : []
    const found = latest && (await findReview(tx, latest.id))
    const review = found && { ...found, signatures: await readReviewSignatures(tx, found.id) }
    const adoption = await this.offer(tx, year, 'annualAccounts')
    const discharge = await this.offer(tx, year, 'discharge')
    const extension = await findExtension(tx, year)
    const today = this.clock.today()
    const directors = await this.people.holders('director', today, tx)
    const course: AccountsCourse = {
      drawnUp: latest && { on: dayOf(versions[0]!.drawnUpAt), by: latest.drawnUpBy },
      directors: directors.map(({ personId }) => personId),
      signed: signatures.map(({ personId }) => personId),
      review: review && { kind: review.kind, signed: review.signatures.map(({ personId }) => personId) },
      adoption: adoption?.standing.state ?? null,
      discharge: discharge?.standing.state ?? null,
    }
    const terms = termsOf(endOf(year), extension?.months ?? 0)
    const step = nextStep(course)
    return {
      ...{ year, versions, latest, signatures, review, adoption, discharge, extension, course, terms, step },
      dueOn: dueOn(step, terms),
      late: lateness(course, terms, today, decisionOf(adoption)?.decidedOn ?? null),
      laidOpen: isLaidOpen(adoption),
    }
  }

  private async offer(tx: Tx, year: number, kind: OfferKind): Promise<Offer | null> {
    const last = await findLastOffer(tx, year, kind)
    const assembly = last && (await this.records.assembly(last.assemblyId, tx))
    if (!last || !assembly) return null
    const standing = await this.motions.standing({ kind, id: last.id }, tx)
    const { convenedOn, heldOn, title } = assembly
    return { ...last, standing, convenedOn, heldOn, assembly: title }
  }
}

/** The last day of a financial year: a calendar year (BW 2:10a, unless the statutes have another). */
export function endOf(year: number): Day {
  return `${year}-12-31`
}

function decisionOf(offer: Offer | null): AuthorisingDecision | null {
  return offer?.standing.state === 'adopted' ? offer.standing.decision : null
}

function isLaidOpen(adoption: Offer | null): boolean {
  if (!adoption) return false
  const { state } = adoption.standing
  return state === 'adopted' || state === 'rejected' || (isPending(state) && adoption.convenedOn !== null)
}

/** Who works on the accounts, and so reads them before the members do. */
export function worksOnThem(visitor: Visitor): boolean {
  return visitor.has('director', 'secretary', 'chair', 'auditCommittee', 'controller')
}

export function mayReadFiles(visitor: Visitor, { laidOpen }: Pick<AccountsOfYear, 'laidOpen'>): boolean {
  return laidOpen || worksOnThem(visitor)
}
