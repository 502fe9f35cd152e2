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
import { bigintColumn } from '#platform'
import { BankLineRow } from './statement-entities.js'

export type ProposalKind = 'match' | 'aside'
export type ProposalOutcome = 'confirmed' | 'refused' | 'withdrawn'

/** What one person proposes to do with a line, or with what is left of it. */
@Entity('bank_proposals')
@Unique('bank_proposals_request', ['requestKey'])
@Unique('bank_proposals_number', ['lineId', 'number'])
@Unique('bank_proposals_proposer', ['id', 'proposedBy'])
@Check('bank_proposals_positive', 'number > 0')
@Check('bank_proposals_kind', `kind IN ('match','aside')`)
@Check('bank_proposals_cents', 'cents <> 0')
@Check('bank_proposals_reason', `kind = 'match' OR reason <> ''`)
export class BankProposalRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'line_id' }) lineId!: string
  @ManyToOne(() => BankLineRow)
  @JoinColumn({ name: 'line_id', foreignKeyConstraintName: 'bank_proposals_line' })
  line?: Relation<BankLineRow>
  @Column('smallint') number!: number
  @Column('text') kind!: ProposalKind
  /** The parts together, or what is set aside; signed as the line. */
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
  @Column('text') reason!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
}

@Entity('bank_proposal_parts')
@Check('bank_proposal_parts_cents', 'cents <> 0')
export class BankProposalPartRow {
  @PrimaryColumn('uuid', { name: 'proposal_id' }) proposalId!: string
  @ManyToOne(() => BankProposalRow)
  @JoinColumn({ name: 'proposal_id', foreignKeyConstraintName: 'bank_proposal_parts_proposal' })
  proposal?: Relation<BankProposalRow>
  @PrimaryColumn('smallint') position!: number
  @Column('text', { name: 'item_kind' }) itemKind!: string
  @Column('text', { name: 'item_id' }) itemId!: string
  /** What the item was called when it was proposed. */
  @Column('text') label!: string
  @Column('text') href!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
}

/** What came of a proposal. Confirmed or refused by another person, withdrawn by the same. */
@Entity('bank_proposal_outcomes')
@Check('bank_proposal_outcomes_outcome', `outcome IN ('confirmed','refused','withdrawn')`)
@Check('bank_proposal_outcomes_four_eyes', `(outcome = 'withdrawn') = (decided_by = proposed_by)`)
export class BankProposalOutcomeRow {
  @PrimaryColumn('uuid', { name: 'proposal_id' }) proposalId!: string
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
  @ManyToOne(() => BankProposalRow)
  @JoinColumn([
    {
      name: 'proposal_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'bank_proposal_outcomes_proposal',
    },
    {
      name: 'proposed_by',
      referencedColumnName: 'proposedBy',
      foreignKeyConstraintName: 'bank_proposal_outcomes_proposal',
    },
  ])
  proposal?: Relation<BankProposalRow>
  @Column('text') outcome!: ProposalOutcome
  @Column('text') note!: string
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date
  @Column('uuid', { name: 'decided_by' }) decidedBy!: string
}

/** The part of a line that settled an item; a line settles an item once. */
@Entity('bank_settlements')
@Index('bank_settlements_item', ['itemKind', 'itemId'])
@Check('bank_settlements_cents', 'cents <> 0')
export class BankSettlementRow {
  @PrimaryColumn('uuid', { name: 'line_id' }) lineId!: string
  @ManyToOne(() => BankLineRow)
  @JoinColumn({ name: 'line_id', foreignKeyConstraintName: 'bank_settlements_line' })
  line?: Relation<BankLineRow>
  @PrimaryColumn('text', { name: 'item_kind' }) itemKind!: string
  @PrimaryColumn('text', { name: 'item_id' }) itemId!: string
  @Column('uuid', { name: 'proposal_id' }) proposalId!: string
  @ManyToOne(() => BankProposalRow)
  @JoinColumn({ name: 'proposal_id', foreignKeyConstraintName: 'bank_settlements_proposal' })
  proposal?: Relation<BankProposalRow>
  @Column('bigint', { transformer: bigintColumn }) cents!: bigint
}

export const proposalEntities = [
  BankProposalRow,
  BankProposalPartRow,
  BankProposalOutcomeRow,
  BankSettlementRow,
]
