import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm'
import type { ChangeField } from '../rules/fields.js'
import type { ChangeEventType } from '../rules/state.js'
import type { ActingAs } from '../rules/who-may.js'

/** What was asked to change of a member, from when, and by whom. */
@Entity('member_changes')
@Unique('member_changes_reference', ['reference'])
@Unique('member_changes_request', ['requestKey', 'sensitive'])
@Index('member_changes_member', ['memberId'])
@Index('member_changes_proposed', ['proposedAt'])
@Check('member_changes_proposed_as', `proposed_as IN ('delegate','contact','serviceTeam')`)
@Check('member_changes_reason', 'NOT sensitive OR erased OR length(trim(reason)) > 0')
export class MemberChangeRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') reference!: string
  /** It needs four eyes; what does not was carried out at once. */
  @Column('boolean') sensitive!: boolean
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('text', { default: '' }) reason!: string
  /** SHA-256 of the details that the proposer saw. */
  @Column('char', { name: 'based_on', length: 64 }) basedOn!: string
  @Column('uuid', { name: 'request_key' }) requestKey!: string
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string
  @Column('text', { name: 'proposed_as' }) proposedAs!: ActingAs
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date
  @Column('boolean', { default: false }) erased!: boolean
}

/** One field of a change. What concerns a person stands here alone, so that it can be emptied later. */
@Entity('member_change_fields')
@Check(
  'member_change_fields_field',
  `field IN ('name','legalForm','chamberNumber','rsin','street','postalCode','city','iban','neighbourhoods','contactName','contactEmail','contactPhone')`,
)
@Check('member_change_fields_differ', 'erased OR old_value IS DISTINCT FROM new_value')
export class MemberChangeFieldRow {
  @PrimaryColumn('uuid', { name: 'change_id' }) changeId!: string
  @PrimaryColumn('text') field!: ChangeField
  @Column('text', { name: 'old_value', nullable: true }) oldValue!: string | null
  @Column('text', { name: 'new_value', nullable: true }) newValue!: string | null
  @Column('boolean', { default: false }) erased!: boolean
}

/** What happened to a change; one of carried out, refused and withdrawn ends it. */
@Entity('member_change_events')
@Unique('member_change_events_id', ['id'])
@Unique('member_change_events_once', ['changeId', 'type'])
@Index('member_change_events_outcome', ['changeId'], {
  unique: true,
  where: `type IN ('carriedOut','refused','withdrawn')`,
})
@Check(
  'member_change_events_type',
  `type IN ('confirmed','carriedOut','refused','withdrawn','objected','settled')`,
)
@Check('member_change_events_by_as', `by_as IN ('delegate','contact','serviceTeam')`)
@Check('member_change_events_effect', `(type = 'carriedOut') = (effective_on IS NOT NULL)`)
@Check(
  'member_change_events_reason',
  `type NOT IN ('refused','settled') OR erased OR length(trim(reason)) > 0`,
)
export class MemberChangeEventRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid') id!: string
  @Column('uuid', { name: 'change_id' }) changeId!: string
  @Column('text') type!: ChangeEventType
  @Column('text', { default: '' }) reason!: string
  /** Null: somebody with the link of a notice, whom the register does not know as a person. */
  @Column('uuid', { name: 'by_person', nullable: true }) byPerson!: string | null
  @Column('text', { name: 'by_as', nullable: true }) byAs!: ActingAs | null
  /** Carried out: the row of the register that came of it, and from which day it holds. */
  @Column('uuid', { name: 'details_id', nullable: true }) detailsId!: string | null
  @Column('date', { name: 'effective_on', nullable: true }) effectiveOn!: string | null
  @Column('timestamptz') at!: Date
  @Column('boolean', { default: false }) erased!: boolean
}

export const memberChangesEntities = [MemberChangeRow, MemberChangeFieldRow, MemberChangeEventRow]
