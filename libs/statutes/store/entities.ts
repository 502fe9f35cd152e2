import { Column, Entity, PrimaryColumn, Unique } from 'typeorm'
import type { StatuteKey, StatuteValues } from '../rules/statute-book.js'

@Entity('statute_settings')
@Unique('statute_settings_key_day', ['key', 'holdsFrom', 'recordedAt'])
export class StatuteSettingRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') key!: StatuteKey
  @Column('jsonb') value!: StatuteValues[StatuteKey]
  @Column('text') article!: string
  @Column('text') source!: string
  @Column('date', { name: 'holds_from' }) holdsFrom!: string
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
}

export const statutesEntities = [StatuteSettingRow]
