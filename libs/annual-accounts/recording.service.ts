import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies, DecisionRegister } from '#assemblies'
import { Files } from '#files'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, sha256Bytes, type Tx, type Upload, type Visitor } from '#platform'
import { type AccountsOfYear, AnnualAccounts, endOf } from './annual-accounts.service.js'
import { checkDrawingUp, checkReviewing, checkSigning } from './rules/course.js'
import { checkExtension, termsOf } from './rules/terms.js'
import {
  insertAccounts,
  insertExtension,
  insertReview,
  insertReviewSignature,
  insertSignature,
  lockYear,
} from './store/accounts.store.js'
import type { AccountsReviewRow } from './store/entities.js'

/** PDF, at most 10 MB: as the papers with an agenda, to which they go. */
export const ACCOUNTS_FILE = { kinds: ['pdf'] as const, maxBytes: 10_000_000 }

/** Drawing up the accounts of a year, signing and reviewing them (BW 2:58, 2:48). */
@Injectable()
export class AccountsRecording {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Files) private readonly files: Files,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(DecisionRegister) private readonly register: DecisionRegister,
    @Inject(AnnualAccounts) private readonly accounts: AnnualAccounts,
  ) {}

  /**
   * Hands in the accounts, or another version: signatures and review begin anew. The same file again adds nothing.
   * @throws NotFoundException, RuleViolated of {@link checkDrawingUp}, and what is wrong with the file
   */
  async drawUp(year: number, upload: Upload, visitor: Visitor): Promise<void> {
    await this.alone(year, async (tx, { course, latest }) => {
      if (latest?.sha256 === sha256Bytes(upload.content)) return
      RuleViolated.throwIfAny(checkDrawingUp(course, endOf(year), this.clock.today()))
      const file = await this.files.keep(tx, upload, ACCOUNTS_FILE, visitor.personId)
      const version = (latest?.version ?? 0) + 1
      await insertAccounts(tx, {
        ...{ id: this.ids.next(), year, version, fileId: file.id, sha256: file.sha256 },
        ...{ drawnUpAt: this.clock.now(), drawnUpBy: visitor.personId },
      })
      await this.record(tx, visitor, 'accounts.drawnUp', year, { version, sha256: file.sha256 })
    })
  }

  /**
   * Signs the version that was on the screen, as a director. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `accounts.otherText`, and of {@link checkSigning}
   */
  async sign(year: number, sha256: string, director: Visitor): Promise<void> {
    await this.alone(year, async (tx, { course, latest }) => {
      RuleViolated.throwIfAny(checkSigning(course, director.personId))
      if (latest!.sha256 !== sha256) throw RuleViolated.of('accounts.otherText')
      if (course.signed.includes(director.personId)) return
      const { personId, name } = director
      await insertSignature(tx, {
        accountsId: latest!.id,
        personId,
        sha256,
        name,
        signedAt: this.clock.now(),
      })
      await this.record(tx, director, 'accounts.signed', year, { version: latest!.version, sha256 })
    })
  }

  /**
   * Hands in the report of the kascommissie, which counts as the own signature, or an auditor's statement. The same file
   * again adds nothing.
   * @param auditor the name on the statement; null for the kascommissie
   * @throws NotFoundException, RuleViolated of {@link checkReviewing}, and what is wrong with the file
   */
  async review(year: number, auditor: string | null, upload: Upload, reviewer: Visitor): Promise<void> {
    await this.alone(year, async (tx, known) => {
      const { course, latest, review } = known
      if (review?.sha256 === sha256Bytes(upload.content)) return
      const kind = auditor === null ? 'auditCommittee' : 'auditor'
      RuleViolated.throwIfAny(checkReviewing(course, asReviewer(reviewer), kind))
      const file = await this.files.keep(tx, upload, ACCOUNTS_FILE, reviewer.personId)
      const row: AccountsReviewRow = {
        ...{
          id: this.ids.next(),
          accountsId: latest!.id,
          kind,
          auditor,
          fileId: file.id,
          sha256: file.sha256,
        },
        ...{ submittedAt: this.clock.now(), submittedBy: reviewer.personId },
      }
      await insertReview(tx, row)
      if (kind === 'auditCommittee') await this.signReport(tx, row, reviewer)
      await this.record(tx, reviewer, 'accounts.reviewed', year, { kind, auditor, sha256: file.sha256 })
    })
  }

  /**
   * Signs the report that was on the screen, as another member of the kascommissie. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `accounts.noReport`, `accounts.otherText`, and of {@link checkReviewing}
   */
  async signReview(year: number, sha256: string, reviewer: Visitor): Promise<void> {
    await this.alone(year, async (tx, { course, review }) => {
      if (review?.kind !== 'auditCommittee') throw RuleViolated.of('accounts.noReport')
      if (review.signatures.some(({ personId }) => personId === reviewer.personId)) return
      RuleViolated.throwIfAny(checkReviewing(course, asReviewer(reviewer), 'auditCommittee'))
      if (review.sha256 !== sha256) throw RuleViolated.of('accounts.otherText')
      await this.signReport(tx, review, reviewer)
      await this.record(tx, reviewer, 'accounts.reviewSigned', year, { sha256 })
    })
  }

  /**
   * Records that the assembly gave the board more time. The same again changes nothing.
   * @param number of the decision in the register
   * @throws NotFoundException, RuleViolated `accounts.extendedOnce`, and of {@link checkExtension}
   */
  async extend(year: number, months: number, number: string, visitor: Visitor): Promise<void> {
    await this.alone(year, async (tx, { extension }) => {
      if (extension?.months === months && extension.decisionNumber === number) return
      if (extension) throw RuleViolated.of('accounts.extendedOnce')
      const decision = await this.assemblies.decisionNumbered(number, tx)
      RuleViolated.throwIfAny(checkExtension(endOf(year), months, decision))
      const { id, decidedOn } = decision!
      await insertExtension(tx, {
        ...{ year, months, decisionId: id, decisionNumber: number, decidedOn },
        ...{ recordedAt: this.clock.now(), recordedBy: visitor.personId },
      })
      await this.record(tx, visitor, 'accounts.extended', year, { months, decision: number })
    })
  }

  /** The decisions that can have extended the term: adopted after the year and within the first six months. */
  async extendingDecisions(year: number) {
    return this.register.adopted(endOf(year), termsOf(endOf(year)).drawnUpBy, this.database.read)
  }

  private async signReport(
    tx: Tx,
    { id, sha256 }: AccountsReviewRow,
    { personId, name }: Visitor,
  ): Promise<void> {
    await insertReviewSignature(tx, { reviewId: id, personId, sha256, name, signedAt: this.clock.now() })
  }

  private async alone(year: number, work: (tx: Tx, known: AccountsOfYear) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockYear(tx, year)
      const known = await this.accounts.of(year, tx)
      if (!known) throw new NotFoundException()
      await work(tx, known)
    })
  }

  private record(
    tx: Tx,
    { personId }: Visitor,
    action: string,
    year: number,
    details: Record<string, unknown>,
  ) {
    const subject = { kind: 'annualAccounts', id: String(year) }
    return this.audit.record(tx, { actorId: personId, action, subject, details })
  }
}

function asReviewer(visitor: Visitor) {
  return {
    personId: visitor.personId,
    inCommittee: visitor.has('auditCommittee'),
    inBoard: visitor.has('director', 'ambassador'),
  }
}
