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
import type { ItemType } from '../rules/agenda.js'
import { AssemblyRequestRow } from './assembly-request.entities.js'
import { AssemblyRow, MotionRow } from './entities.js'

@Entity('agenda_items')
@Unique('agenda_items_once', ['motionId'])
@Unique('agenda_items_position', ['assemblyId', 'position'], { deferrable: 'INITIALLY DEFERRED' })
@Check(
  'agenda_items_type',
  `type IN ('information','discussion','resolution','accounts','discharge','election','roundOff')`,
)
@Check('agenda_items_minutes', 'minutes BETWEEN 0 AND 600')
@Check('agenda_items_placed', '(position IS NULL) = (removed_at IS NOT NULL)')
@Check('agenda_items_titled', 'motion_id IS NOT NULL OR (title IS NOT NULL AND explanation IS NOT NULL)')
export class AgendaItemRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'agenda_items_assembly' })
  assembly!: Relation<AssemblyRow>
  @Column('smallint', { nullable: true }) position!: number | null
  @Column('text', { nullable: true }) title!: string | null
  @Column('text', { nullable: true }) explanation!: string | null
  @Column('text') type!: ItemType
  @Column('smallint') minutes!: number
  @Column('uuid', { name: 'motion_id', nullable: true }) motionId!: string | null
  @ManyToOne(() => MotionRow)
  @JoinColumn({ name: 'motion_id', foreignKeyConstraintName: 'agenda_items_motion' })
  motion!: Relation<MotionRow>
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null
  @ManyToOne(() => AssemblyRequestRow)
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'agenda_items_request' })
  request?: Relation<AssemblyRequestRow>
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date
  @Column('uuid', { name: 'added_by', nullable: true }) addedBy!: string | null
  /** When it went out in a convocation; from then on it stands as it was sent. */
  @Column('timestamptz', { name: 'convened_at', nullable: true }) convenedAt!: Date | null
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt!: Date | null
}

@Entity('agenda_papers')
@Index('agenda_papers_of_item', ['itemId'])
export class AgendaPaperRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'item_id' }) itemId!: string
  @ManyToOne(() => AgendaItemRow)
  @JoinColumn({ name: 'item_id', foreignKeyConstraintName: 'agenda_papers_item' })
  item!: Relation<AgendaItemRow>
  @Column('text') title!: string
  /** It holds the verbatim text of a change of the statutes (BW 2:42). */
  @Column('boolean') verbatim!: boolean
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date
}

@Entity('agenda_paper_versions')
@Unique('agenda_paper_versions_file_once', ['fileId'])
export class AgendaPaperVersionRow {
  @PrimaryColumn('uuid', { name: 'paper_id' }) paperId!: string
  @PrimaryColumn('smallint') number!: number
  @ManyToOne(() => AgendaPaperRow)
  @JoinColumn({ name: 'paper_id', foreignKeyConstraintName: 'agenda_paper_versions_paper' })
  paper!: Relation<AgendaPaperRow>
  @Column('uuid', { name: 'file_id' }) fileId!: string
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date
  @Column('uuid', { name: 'added_by' }) addedBy!: string
}
