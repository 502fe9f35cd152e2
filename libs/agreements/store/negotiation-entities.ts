import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm'
import type { Day } from '#kernel'
import type { AgreementKind } from '../rules/agreement.js'
import type { DraftSection } from '../rules/draft.js'
import type { ChangeKind, Side } from '../rules/negotiation.js'
import { AgreementRow, CounterpartyRow } from './entities.js'

/** Two parties at work on one new version of an agreement. */
@Entity('agreement_negotiations')
@Check('agreement_negotiations_change', `change IN ('new','amendment','renewal','ending')`)
@Check('agreement_negotiations_kind', `kind IN ('district','execution','direction')`)
@Check('agreement_negotiations_area_slug_form', `area_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
@Check('agreement_negotiations_of_agreement', `(change = 'new') = (agreement_id IS NULL)`)
@Check('agreement_negotiations_district_has_area', `kind <> 'district' OR accounting_district_id IS NOT NULL`)
export class NegotiationRow {
  @PrimaryColumn('uuid') id!: string
  /** The agreement that gets another version; null for one that is new. */
  @Column('uuid', { name: 'agreement_id', nullable: true }) agreementId!: string | null
  @ManyToOne(() => AgreementRow)
  @JoinColumn({ name: 'agreement_id', foreignKeyConstraintName: 'agreement_negotiations_agreement' })
  agreement?: Relation<AgreementRow> | null
  @Column('text') change!: ChangeKind
  @Column('text') kind!: AgreementKind
  @Column('text', { name: 'area_slug' }) areaSlug!: string
  @Column('text', { name: 'area_name' }) areaName!: string
  @Column('uuid', { name: 'accounting_district_id', nullable: true }) accountingDistrictId!: string | null
  @Column('uuid', { name: 'counterparty_id' }) counterpartyId!: string
  @ManyToOne(() => CounterpartyRow)
  @JoinColumn({ name: 'counterparty_id', foreignKeyConstraintName: 'agreement_negotiations_counterparty' })
  counterparty?: Relation<CounterpartyRow>
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date
  @Column('uuid', { name: 'started_by' }) startedBy!: string
}

/** It was stopped without a signed text. */
@Entity('agreement_negotiation_endings')
export class NegotiationEndingRow {
  @PrimaryColumn('uuid', { name: 'negotiation_id' }) negotiationId!: string
  @ManyToOne(() => NegotiationRow)
  @JoinColumn({
    name: 'negotiation_id',
    foreignKeyConstraintName: 'agreement_negotiation_endings_negotiation',
  })
  negotiation?: Relation<NegotiationRow>
  @Column('text') reason!: string
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date
  @Column('uuid', { name: 'ended_by' }) endedBy!: string
}

/** A part of what one side is writing, as typed. */
@Entity('agreement_drafts')
@Check('agreement_drafts_side', `side IN ('counterparty','cooperative')`)
@Check('agreement_drafts_section', `section IN ('period','money','indicators','clauses','days')`)
export class AgreementDraftRow {
  @PrimaryColumn('uuid', { name: 'negotiation_id' }) negotiationId!: string
  @ManyToOne(() => NegotiationRow)
  @JoinColumn({ name: 'negotiation_id', foreignKeyConstraintName: 'agreement_drafts_negotiation' })
  negotiation?: Relation<NegotiationRow>
  @PrimaryColumn('text') side!: Side
  @PrimaryColumn('text') section!: DraftSection
  @Column('jsonb') typed!: Record<string, string>
  @Column('integer') revision!: number
  /** The proposal it was begun from; 0 before there was one. */
  @Column('smallint', { name: 'based_on' }) basedOn!: number
  @Column('timestamptz', { name: 'saved_at' }) savedAt!: Date
  @Column('uuid', { name: 'saved_by' }) savedBy!: string
}

/** A text that one side put to the other: the fields as typed, in canonical JSON, with its hash. */
@Entity('agreement_proposals')
@Check('agreement_proposals_number', 'number > 0')
@Check('agreement_proposals_side', `side IN ('counterparty','cooperative')`)
@Check('agreement_proposals_sha256', `sha256 = encode(sha256(convert_to(typed, 'UTF8')), 'hex')`)
export class ProposalRow {
  @PrimaryColumn('uuid', { name: 'negotiation_id' }) negotiationId!: string
  @ManyToOne(() => NegotiationRow)
  @JoinColumn({ name: 'negotiation_id', foreignKeyConstraintName: 'agreement_proposals_negotiation' })
  negotiation?: Relation<NegotiationRow>
  @PrimaryColumn('smallint') number!: number
  @Column('text') side!: Side
  @Column('text') typed!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('text') message!: string
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
}

/** A remark on a part of a proposal, or the answer to one. */
@Entity('agreement_comments')
@Index('agreement_comments_of', ['negotiationId', 'writtenAt'])
@Check('agreement_comments_side', `side IN ('counterparty','cooperative')`)
@Check('agreement_comments_text', 'length(trim(text)) > 0')
export class CommentRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'negotiation_id' }) negotiationId!: string
  @Column('smallint') proposal!: number
  @ManyToOne(() => ProposalRow)
  @JoinColumn([
    {
      name: 'negotiation_id',
      referencedColumnName: 'negotiationId',
      foreignKeyConstraintName: 'agreement_comments_proposal',
    },
    {
      name: 'proposal',
      referencedColumnName: 'number',
      foreignKeyConstraintName: 'agreement_comments_proposal',
    },
  ])
  of?: Relation<ProposalRow>
  @Column('uuid', { name: 'reply_to', nullable: true }) replyTo!: string | null
  @ManyToOne(() => CommentRow)
  @JoinColumn({ name: 'reply_to', foreignKeyConstraintName: 'agreement_comments_reply_to' })
  answered?: Relation<CommentRow> | null
  @Column('text') side!: Side
  /** What it is about: `clauses.doel`, `lines.personeel`, `indicators.deelnemers`, or `general`. */
  @Column('text') about!: string
  @Column('text') text!: string
  @Column('timestamptz', { name: 'written_at' }) writtenAt!: Date
  @Column('uuid', { name: 'written_by' }) writtenBy!: string
}

/** A remark that needs nothing more. */
@Entity('agreement_comment_closings')
export class CommentClosingRow {
  @PrimaryColumn('uuid', { name: 'comment_id' }) commentId!: string
  @ManyToOne(() => CommentRow)
  @JoinColumn({ name: 'comment_id', foreignKeyConstraintName: 'agreement_comment_closings_comment' })
  comment?: Relation<CommentRow>
  @Column('timestamptz', { name: 'closed_at' }) closedAt!: Date
  @Column('uuid', { name: 'closed_by' }) closedBy!: string
}

/** What a party may end: notice that was given under a signed version, and the day on which it ends by that. */
@Entity('agreement_terminations')
@Check('agreement_terminations_side', `side IN ('counterparty','cooperative')`)
@Check('agreement_terminations_reason', 'length(trim(reason)) > 0')
export class TerminationRow {
  @PrimaryColumn('uuid', { name: 'agreement_id' }) agreementId!: string
  @ManyToOne(() => AgreementRow)
  @JoinColumn({ name: 'agreement_id', foreignKeyConstraintName: 'agreement_terminations_agreement' })
  agreement?: Relation<AgreementRow>
  @PrimaryColumn('smallint') version!: number
  @Column('text') side!: Side
  @Column('text') reason!: string
  /** The last day before notice was given. */
  @Column('date', { name: 'ended_before' }) endedBefore!: Day
  @Column('date', { name: 'ends_on' }) endsOn!: Day
  @Column('uuid', { name: 'person_id' }) personId!: string
  @Column('text') name!: string
  @Column('timestamptz', { name: 'given_at' }) givenAt!: Date
}

export const negotiationEntities = [
  NegotiationRow,
  NegotiationEndingRow,
  AgreementDraftRow,
  ProposalRow,
  CommentRow,
  CommentClosingRow,
  TerminationRow,
]
