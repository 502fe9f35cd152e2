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
import type { ProxyEventType } from '../rules/proxies.js'
import { AssemblyRow } from './entities.js'

/** A member came or went. */
@Entity('attendance_events')
@Index('attendance_events_member', ['assemblyId', 'memberId', 'at', 'sequence'])
@Check('attendance_events_kind', `kind IN ('in','out')`)
export class AttendanceEventRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'attendance_events_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @Column('uuid', { name: 'member_id' }) memberId!: string
  @Column('text') kind!: 'in' | 'out'
  @Column('timestamptz') at!: Date
  /** The delegate who came; null when the secretary noted the member. */
  @Column('uuid', { name: 'person_id', nullable: true }) personId!: string | null
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
  @Column('boolean', { name: 'by_secretary' }) bySecretary!: boolean
}

/** Someone who attends and is no member. */
@Entity('assembly_guests')
@Unique('assembly_guests_once', ['assemblyId', 'name'])
@Check('assembly_guests_name', 'length(name) BETWEEN 1 AND 120')
export class GuestRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'assembly_guests_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @Column('text') name!: string
  @Column('timestamptz', { name: 'came_at' }) cameAt!: Date
  @Column('timestamptz', { name: 'left_at', nullable: true }) leftAt!: Date | null
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

/** A proxy as it was granted, online or by letter. */
@Entity('proxies')
@Index('proxies_assembly', ['assemblyId'])
@Index('proxies_principal', ['principalId'])
@Index('proxies_holder', ['holderId'])
@Check('proxies_to_another', 'principal_id <> holder_id')
@Check('proxies_letter', 'by_letter = (file_id IS NOT NULL)')
export class ProxyRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => AssemblyRow)
  @JoinColumn({ name: 'assembly_id', foreignKeyConstraintName: 'proxies_assembly_id_fkey' })
  assembly!: Relation<AssemblyRow>
  @Column('uuid', { name: 'principal_id' }) principalId!: string
  @Column('uuid', { name: 'holder_id' }) holderId!: string
  /** How the principal wants its vote cast; empty without. For the holder only. */
  @Column('text') instruction!: string
  @Column('boolean', { name: 'by_letter' }) byLetter!: boolean
  /** The scan of the letter. */
  @Column('uuid', { name: 'file_id', nullable: true }) fileId!: string | null
  @Column('timestamptz', { name: 'granted_at' }) grantedAt!: Date
  @Column('uuid', { name: 'granted_by' }) grantedBy!: string
}

/** What happened to a proxy: answered at most once, ended at most once. */
@Entity('proxy_events')
@Index('proxy_events_answered_once', ['proxyId'], { unique: true, where: `type IN ('accepted','declined')` })
@Index('proxy_events_ended_once', ['proxyId'], {
  unique: true,
  where: `type IN ('declined','revoked','returned')`,
})
@Check('proxy_events_type', `type IN ('accepted','declined','revoked','returned')`)
export class ProxyEventRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) sequence!: string
  @Column('uuid', { name: 'proxy_id' }) proxyId!: string
  @ManyToOne(() => ProxyRow)
  @JoinColumn({ name: 'proxy_id', foreignKeyConstraintName: 'proxy_events_proxy_id_fkey' })
  proxy!: Relation<ProxyRow>
  @Column('text') type!: ProxyEventType
  @Column('timestamptz') at!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}
