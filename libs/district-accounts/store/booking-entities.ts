import { Check, Column, Entity, PrimaryColumn } from 'typeorm'
import type { Cents, Day } from '#kernel'
import { bigintColumn } from '#platform'

/** What moved on a line of an agreement in a quarter, as it was booked; a correction has a next number. */
@Entity('district_bookings')
@Check('district_bookings_quarter', `quarter ~ '^[0-9]{4}-Q[1-4]$'`)
@Check('district_bookings_number', 'number > 0')
@Check('district_bookings_cents', 'cents <> 0')
export class DistrictBookingRow {
  @PrimaryColumn('uuid', { name: 'agreement_id' }) agreementId!: string
  @PrimaryColumn('text') quarter!: string
  @PrimaryColumn('smallint') number!: number
  @PrimaryColumn('text', { name: 'line_id' }) lineId!: string
  @Column('bigint', { transformer: bigintColumn }) cents!: Cents
  /** The version of the report on the quarter that was in force. */
  @Column('smallint', { name: 'report_version' }) reportVersion!: number
  @Column('char', { name: 'report_sha256', length: 64 }) reportSha256!: string
  @Column('uuid', { name: 'entry_id' }) entryId!: string
  /** The day in the ledger: the quarter's last, or the first that was still open. */
  @Column('date', { name: 'on_day' }) onDay!: Day
}

export const bookingEntities = [DistrictBookingRow]
