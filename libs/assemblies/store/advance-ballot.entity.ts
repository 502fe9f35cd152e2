import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import type { Choice } from '../rules/ballot.js'
import { MotionRow } from './entities.js'

/** A ballot that was cast before the assembly (BW 2:38 lid 8), on one text of a motion. */
@Entity('advance_ballots')
@Unique('advance_ballots_once', ['motionId', 'memberId', 'textNumber', 'textHash'])
@Check('advance_ballots_choice', `choice IN ('for','against','blank')`)
export class AdvanceBallotRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'motion_id' }) motionId!: string
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'motion_id', foreignKeyConstraintName: 'advance_ballots_motion' })
  motion!: Relation<MotionRow>
  @Column('uuid', { name: 'member_id' }) memberId!: string
  /** The number of the text that was voted on; 0 for the question alone. */
  @Column('smallint', { name: 'text_number' }) textNumber!: number
  /** SHA-256 of question and text, as they stood (see votedTextOf). */
  @Column('char', { length: 64, name: 'text_hash' }) textHash!: string
  @Column('text') choice!: Choice
  @Column('uuid', { name: 'cast_by' }) castBy!: string
  @Column('timestamptz', { name: 'cast_at' }) castAt!: Date
  @Column('text') reference!: string
}
