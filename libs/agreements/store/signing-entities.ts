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
import type { Side, SigningCapacity } from '../rules/negotiation.js'
import { AgreementVersionRow } from './entities.js'
import { ProposalRow } from './negotiation-entities.js'

/** A text that both parties are asked to sign: canonical JSON, with the hash that the signatures refer to. */
@Entity('agreement_offers')
@Index('agreement_offers_of', ['negotiationId', 'offeredAt'])
@Check('agreement_offers_sha256', `sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`)
@Unique('agreement_offers_of_text', ['id', 'sha256'])
export class OfferRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'negotiation_id' }) negotiationId!: string
  @Column('smallint') proposal!: number
  @ManyToOne(() => ProposalRow)
  @JoinColumn([
    {
      name: 'negotiation_id',
      referencedColumnName: 'negotiationId',
      foreignKeyConstraintName: 'agreement_offers_proposal',
    },
    {
      name: 'proposal',
      referencedColumnName: 'number',
      foreignKeyConstraintName: 'agreement_offers_proposal',
    },
  ])
  of?: Relation<ProposalRow>
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'offered_at' }) offeredAt!: Date
  @Column('uuid', { name: 'offered_by' }) offeredBy!: string
}

/** It was taken back before the second signature. */
@Entity('agreement_offer_withdrawals')
export class OfferWithdrawalRow {
  @PrimaryColumn('uuid', { name: 'offer_id' }) offerId!: string
  @ManyToOne(() => OfferRow)
  @JoinColumn({ name: 'offer_id', foreignKeyConstraintName: 'agreement_offer_withdrawals_offer' })
  offer?: Relation<OfferRow>
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'withdrawn_at' }) withdrawnAt!: Date
  @Column('uuid', { name: 'withdrawn_by' }) withdrawnBy!: string
}

/** The word of an authorised person of one side that this is the text, by its hash. */
@Entity('agreement_signatures')
@Check('agreement_signatures_side', `side IN ('counterparty','cooperative')`)
@Check(
  'agreement_signatures_capacity',
  `(side = 'counterparty' AND capacity IN ('treasurer','delegate'))
          OR (side = 'cooperative' AND capacity IN ('director','chair'))`,
)
@Unique('agreement_signatures_two_people', ['offerId', 'personId'])
export class SignatureRow {
  @PrimaryColumn('uuid', { name: 'offer_id', primaryKeyConstraintName: 'agreement_signatures_once' })
  offerId!: string
  @PrimaryColumn('text', { primaryKeyConstraintName: 'agreement_signatures_once' }) side!: Side
  @Column('char', { length: 64 }) sha256!: string
  @ManyToOne(() => OfferRow)
  @JoinColumn([
    { name: 'offer_id', referencedColumnName: 'id', foreignKeyConstraintName: 'agreement_signatures_text' },
    { name: 'sha256', referencedColumnName: 'sha256', foreignKeyConstraintName: 'agreement_signatures_text' },
  ])
  offer?: Relation<OfferRow>
  @Column('text') capacity!: SigningCapacity
  @Column('uuid', { name: 'person_id' }) personId!: string
  /** The name under which the person signed. */
  @Column('text') name!: string
  @Column('timestamptz', { name: 'signed_at' }) signedAt!: Date
}

/** The PDF that was made with the second signature, kept as it is. */
@Entity('agreement_papers')
export class AgreementPaperRow {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string
  @ManyToOne(() => AgreementVersionRow)
  @JoinColumn({ name: 'version_id', foreignKeyConstraintName: 'agreement_papers_version' })
  version?: Relation<AgreementVersionRow>
  @Column('uuid', { name: 'file_id' }) fileId!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date
}

export const signingEntities = [OfferRow, OfferWithdrawalRow, SignatureRow, AgreementPaperRow]
