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
import type { Office } from '../rules/offices.js'

export const appointers = ['assembly', 'founders', 'other'] as const
export type Appointer = (typeof appointers)[number]

/** A person in an office, from a day; who the person is stands with the people. */
@Entity('office_terms')
@Unique('office_terms_assignment', ['assignmentId'])
@Unique('office_terms_request', ['requestKey'])
@Index('office_terms_person', ['personId'])
@Check('office_terms_office', `office IN ('chair','director','secretary','ambassador','auditCommittee')`)
@Check('office_terms_appointed_by', `appointed_by IN ('assembly','founders','other')`)
@Check('office_terms_days', 'holds_until > holds_from')
export class OfficeTermRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') office!: Office
  @Column('uuid', { name: 'person_id' }) personId!: string
  /** The role that came of it. */
  @Column('uuid', { name: 'assignment_id' }) assignmentId!: string
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  /** The first day on which it no longer holds. */
  @Column('date', { name: 'holds_until', nullable: true }) holdsUntil!: string | null
  /** Null when it was taken over from an older register. */
  @Column('text', { name: 'appointed_by', nullable: true }) appointedBy!: Appointer | null
  /** A number of the decision register, or where a decision on paper can be found. */
  @Column('text', { default: '' }) decision!: string
  @Column('text', { default: '' }) note!: string
  /** Made by the form: a second one with the same key is a repeat. */
  @Column('uuid', { name: 'request_key', nullable: true }) requestKey!: string | null
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}

/** A term that ended sooner than was said. */
@Entity('office_endings')
@Check('office_endings_reason', 'length(trim(reason)) > 0')
export class OfficeEndingRow {
  @PrimaryColumn('uuid', { name: 'term_id' }) termId!: string
  @ManyToOne(() => OfficeTermRow)
  @JoinColumn({ name: 'term_id', foreignKeyConstraintName: 'office_endings_term_id_fkey' })
  term?: Relation<OfficeTermRow>
  @Column('date', { name: 'ends_on' }) endsOn!: string
  @Column('text') reason!: string
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
}

export const officesEntities = [OfficeTermRow, OfficeEndingRow]
