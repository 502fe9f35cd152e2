import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  type Relation,
  Unique,
} from 'typeorm'

/** The accounts of a year as they were drawn up; the highest version is what they are now. */
@Entity('annual_accounts')
@Unique('annual_accounts_version', ['year', 'version'])
@Unique('annual_accounts_file', ['id', 'sha256'])
@Check('annual_accounts_version_positive', 'version > 0')
export class AnnualAccountsRow {
  @PrimaryColumn('uuid') id!: string
  /** The financial year: a calendar year. */
  @Column('smallint') year!: number
  @Column('smallint') version!: number
  @Column('uuid', { name: 'file_id' }) fileId!: string
  /** SHA-256 of the file: what is signed. */
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'drawn_up_at' }) drawnUpAt!: Date
  @Column('uuid', { name: 'drawn_up_by' }) drawnUpBy!: string
}

/** A director's signature under one version (BW 2:58: signed by the board). */
@Entity('annual_accounts_signatures')
export class AccountsSignatureRow {
  @PrimaryColumn('uuid', { name: 'accounts_id' }) accountsId!: string
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string
  @Column('char', { length: 64 }) sha256!: string
  @ManyToOne(() => AnnualAccountsRow)
  @JoinColumn([
    {
      name: 'accounts_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'annual_accounts_signatures_text',
    },
    {
      name: 'sha256',
      referencedColumnName: 'sha256',
      foreignKeyConstraintName: 'annual_accounts_signatures_text',
    },
  ])
  accounts?: Relation<AnnualAccountsRow>
  /** The name under which the person signed. */
  @Column('text') name!: string
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date
}

export type ReviewKind = 'auditCommittee' | 'auditor'

/** The report of the kascommissie, or an auditor's statement, on one version; the last one counts. */
@Entity('annual_accounts_reviews')
@Unique('annual_accounts_reviews_file', ['id', 'sha256'])
@Check('annual_accounts_reviews_kind', `kind IN ('auditCommittee','auditor')`)
@Check('annual_accounts_reviews_auditor', `(kind = 'auditor') = (auditor IS NOT NULL)`)
@Index('annual_accounts_reviews_of', ['accountsId', 'submittedAt'])
export class AccountsReviewRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'accounts_id' }) accountsId!: string
  @Column('text') kind!: ReviewKind
  /** Who the auditor is. */
  @Column('text', { nullable: true }) auditor!: string | null
  @Column('uuid', { name: 'file_id' }) fileId!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'submitted_at' }) submittedAt!: Date
  @Column('uuid', { name: 'submitted_by' }) submittedBy!: string
}

/** That a member of the kascommissie stands behind the report. */
@Entity('annual_accounts_review_signatures')
export class ReviewSignatureRow {
  @PrimaryColumn('uuid', { name: 'review_id' }) reviewId!: string
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string
  @Column('char', { length: 64 }) sha256!: string
  @ManyToOne(() => AccountsReviewRow)
  @JoinColumn([
    {
      name: 'review_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'annual_accounts_review_signatures_text',
    },
    {
      name: 'sha256',
      referencedColumnName: 'sha256',
      foreignKeyConstraintName: 'annual_accounts_review_signatures_text',
    },
  ])
  review?: Relation<AccountsReviewRow>
  @Column('text') name!: string
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date
}

export type OfferKind = 'annualAccounts' | 'discharge'

/** An assembly that was asked to adopt them, or to discharge the board; its motion authorises this row. */
@Entity('annual_accounts_offers')
@Check('annual_accounts_offers_kind', `kind IN ('annualAccounts','discharge')`)
@Index('annual_accounts_offers_of', ['accountsId', 'kind', 'offeredAt'])
export class AccountsOfferRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'accounts_id' }) accountsId!: string
  @Column('text') kind!: OfferKind
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @Column('uuid', { name: 'motion_id' }) motionId!: string
  @Column('timestamptz', { name: 'offered_at' }) offeredAt!: Date
  @Column('uuid', { name: 'offered_by' }) offeredBy!: string
}

/** The assembly's decision that gives the board more time. */
@Entity('annual_accounts_extensions')
@Check('annual_accounts_extensions_months', 'months BETWEEN 1 AND 4')
export class AccountsExtensionRow {
  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'annual_accounts_extended_once' }) year!: number
  @Column('smallint') months!: number
  @Column('uuid', { name: 'decision_id' }) decisionId!: string
  @Column('text', { name: 'decision_number' }) decisionNumber!: string
  @Column('date', { name: 'decided_on' }) decidedOn!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

export const annualAccountsEntities = [
  AnnualAccountsRow,
  AccountsSignatureRow,
  AccountsReviewRow,
  ReviewSignatureRow,
  AccountsOfferRow,
  AccountsExtensionRow,
]
