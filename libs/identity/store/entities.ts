import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  type Relation,
  Unique,
} from 'typeorm'
import type { Role } from '#platform'

@Entity('people')
@Unique('people_email', ['email'])
@Check('people_email_lower', 'email = lower(email)')
export class PersonRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') name!: string
  @Column('text') email!: string
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
}

@Entity('role_assignments')
@Index('role_assignments_person', ['personId'])
@Index('role_assignments_scope_id', ['scopeId'], { where: 'scope_id IS NOT NULL' })
@Check(
  'role_assignments_role',
  `role IN ('delegate','contact','treasurer','coordinator','serviceTeam','controller','teamLead','director','chair','secretary','auditCommittee','ambassador','contractor','municipality','admin')`,
)
@Check(
  'role_assignments_scope',
  `(role IN ('delegate','contact','treasurer','coordinator')) = (scope_id IS NOT NULL)`,
)
export class RoleAssignmentRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'person_id' }) personId!: string
  @ManyToOne(() => PersonRow) @JoinColumn({ name: 'person_id' }) person!: Relation<PersonRow>
  @Column('text') role!: Role
  @Column('uuid', { name: 'scope_id', nullable: true }) scopeId!: string | null
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
  @ManyToOne(() => PersonRow) @JoinColumn({ name: 'recorded_by' }) recorder!: Relation<PersonRow> | null
}

/** When an assignment ends; of several the last recorded counts. */
@Entity('role_endings')
@Index('role_endings_assignment', ['assignmentId', 'sequence'])
export class RoleEndingRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'assignment_id' }) assignmentId!: string
  @ManyToOne(() => RoleAssignmentRow)
  @JoinColumn({ name: 'assignment_id' })
  assignment!: Relation<RoleAssignmentRow>
  /** The first day on which it no longer holds; null takes an earlier ending back. */
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: string | null
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by', nullable: true }) recordedBy!: string | null
  @ManyToOne(() => PersonRow) @JoinColumn({ name: 'recorded_by' }) recorder!: Relation<PersonRow> | null
}

@Entity('sign_in_requests')
export class SignInRequestRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null
  @ManyToOne(() => PersonRow) @JoinColumn({ name: 'person_id' }) person!: Relation<PersonRow> | null
  @Column('smallint', { name: 'wrong_codes', default: 0 }) wrongCodes!: number
  @Column('timestamptz', { name: 'requested_at' }) requestedAt!: Date
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null
}

export const identityEntities = [PersonRow, RoleAssignmentRow, RoleEndingRow, SignInRequestRow]
