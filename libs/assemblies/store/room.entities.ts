import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm'
import type { FloorEventKind } from '../rules/floor.js'
import { AgendaItemRow } from './agenda.entities.js'
import { AssemblyRow } from './entities.js'
import { GuestRow } from './hall.entities.js'

/** The assembly began or ended an item of its agenda. */
@Entity('agenda_progress')
@Index('agenda_progress_log', ['assemblyId', 'sequence'])
@Check('agenda_progress_kind', `kind IN ('begun','ended')`)
export class AgendaProgressRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'agenda_progress_assembly' })
  assembly!: Relation<AssemblyRow>
  @Column('uuid', { name: 'item_id' }) itemId!: string
  @ManyToOne(() => AgendaItemRow)
  @JoinColumn({ name: 'item_id', foreignKeyConstraintName: 'agenda_progress_item' })
  item!: Relation<AgendaItemRow>
  @Column('text') kind!: 'begun' | 'ended'
  @Column('timestamptz') at!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** Someone asked for the floor, had it, gave it back; a member through a person, or a guest. */
@Entity('floor_events')
@Index('floor_events_log', ['assemblyId', 'itemId', 'sequence'])
@Check('floor_events_kind', `kind IN ('asked','withdrawn','placed','given','ended')`)
@Check('floor_events_speaker', 'num_nonnulls(member_id, guest_id) = 1')
@Check('floor_events_place', `(kind = 'placed') = (place IS NOT NULL)`)
export class FloorEventRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'floor_events_assembly' })
  assembly!: Relation<AssemblyRow>
  @Column('uuid', { name: 'item_id' }) itemId!: string
  @ManyToOne(() => AgendaItemRow)
  @JoinColumn({ name: 'item_id', foreignKeyConstraintName: 'floor_events_item' })
  item!: Relation<AgendaItemRow>
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
  @Column('uuid', { name: 'guest_id', nullable: true }) guestId!: string | null
  @ManyToOne(() => GuestRow)
  @JoinColumn({ name: 'guest_id', foreignKeyConstraintName: 'floor_events_guest' })
  guest!: Relation<GuestRow> | null
  @Column('text') kind!: FloorEventKind
  /** The place on the list that the chair gave, from 1. */
  @Column('smallint', { nullable: true }) place!: number | null
  @Column('timestamptz') at!: Date
  /** Who speaks for the member, when that is known. */
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}
