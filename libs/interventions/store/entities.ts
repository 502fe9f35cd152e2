import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import type { Day } from '#kernel'
import type { Act, Actor, Direction, Ladder } from '../rules/steps.js'

/** What a case is about: an indicator, a line of the budget or a clause of the agreement. */
export const aboutKinds = ['indicator', 'line', 'clause'] as const
export type AboutKind = (typeof aboutKinds)[number]

/** A case: an intervention, or a notice of default. What became of it stands in its events. */
@Entity('intervention_cases')
@Unique('intervention_cases_number', ['agreementId', 'number'])
@Check('intervention_cases_number_positive', 'number > 0')
@Check('intervention_cases_direction', `direction IN ('toCounterparty','toCooperative')`)
@Check('intervention_cases_subject', 'length(trim(subject)) > 0')
@Check(
  'intervention_cases_about',
  `(about_kind IS NULL AND about_id IS NULL AND about_label IS NULL)
   OR (about_kind IN ('indicator','line','clause') AND about_id IS NOT NULL AND about_label IS NOT NULL)`,
)
export class InterventionCaseRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  /** The version whose ladder holds for this case. */
  @Column('uuid', { name: 'agreement_version_id' }) agreementVersionId!: string
  /** From 1 within the agreement. */
  @Column('smallint') number!: number
  @Column('text') direction!: Direction
  @Column('text') subject!: string
  @Column('text', { name: 'about_kind', nullable: true }) aboutKind!: AboutKind | null
  @Column('text', { name: 'about_id', nullable: true }) aboutId!: string | null
  /** As it read when the case began. */
  @Column('text', { name: 'about_label', nullable: true }) aboutLabel!: string | null
  @Column('jsonb') ladder!: Ladder
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date
  @Column('uuid', { name: 'started_by' }) startedBy!: string
}

/** What somebody did in a case; the first event begins it. */
@Entity('intervention_events')
@Unique('intervention_events_number', ['caseId', 'number'])
@Check('intervention_events_number_positive', 'number > 0')
@Check('intervention_events_actor', `actor IN ('staff','director','counterparty','chair')`)
@Check('intervention_events_meets_at', `meets_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`)
@Check('intervention_events_assembly', `(act = 'putToAssembly') = (assembly_id IS NOT NULL)`)
export class InterventionEventRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'case_id' }) caseId!: string
  @ManyToOne(() => InterventionCaseRow)
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'intervention_events_case' })
  case?: Relation<InterventionCaseRow>
  /** From 1 within the case. */
  @Column('smallint') number!: number
  @Column('text') act!: Act
  @Column('text') actor!: Actor
  @Column('text', { default: '' }) reason!: string
  @Column('date', { name: 'meets_on', nullable: true }) meetsOn!: Day | null
  @Column('text', { name: 'meets_at', nullable: true }) meetsAt!: string | null
  /** The last day that an extension gives. */
  @Column('date', { name: 'due_on', nullable: true }) dueOn!: Day | null
  @Column('uuid', { name: 'assembly_id', nullable: true }) assemblyId!: string | null
  @Column('uuid', { name: 'motion_id', nullable: true }) motionId!: string | null
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

@Entity('intervention_event_files')
export class InterventionEventFileRow {
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string
  @ManyToOne(() => InterventionEventRow)
  @JoinColumn({ name: 'event_id', foreignKeyConstraintName: 'intervention_event_files_event' })
  event?: Relation<InterventionEventRow>
  @PrimaryColumn('uuid', { name: 'file_id' }) fileId!: string
}

export const interventionsEntities = [InterventionCaseRow, InterventionEventRow, InterventionEventFileRow]
