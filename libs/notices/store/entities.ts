import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'

@Entity('notices')
@Unique('notices_key', ['key'])
@Index('notices_person', ['personId', 'writtenAt'])
export class NoticeRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') template!: string
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null
  @Column('text', { name: 'to_name' }) toName!: string
  @Column('text', { name: 'to_address' }) toAddress!: string
  @Column('jsonb') model!: Record<string, unknown>
  @Column('text') key!: string
  @Column('timestamptz', { name: 'written_at' }) writtenAt!: Date
}

@Entity('notice_deliveries')
export class NoticeDeliveryRow {
  @PrimaryColumn('uuid', { name: 'notice_id' }) noticeId!: string
  @ManyToOne(() => NoticeRow) @JoinColumn({ name: 'notice_id' }) notice!: Relation<NoticeRow>
  @Column('integer', { default: 0 }) attempts!: number
  @Column('timestamptz', { name: 'last_attempt_at', nullable: true }) lastAttemptAt!: Date | null
  @Column('text', { name: 'last_error', nullable: true }) lastError!: string | null
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt!: Date | null
  @Column('timestamptz', { name: 'refused_at', nullable: true }) refusedAt!: Date | null
}

export const noticesEntities = [NoticeRow, NoticeDeliveryRow]
