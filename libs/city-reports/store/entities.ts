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
import { bigintColumn } from '#platform'

/** A line of the version of a report that counts; the database reads it from that text, nobody else writes it. */
@Entity('report_figures')
@Index('report_figures_of_quarter', ['quarter'])
export class ReportFigureRow {
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId!: string
  @PrimaryColumn('text', { name: 'line_id' }) lineId!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('text') quarter!: string
  @Column('bigint', { name: 'budget_cents', transformer: bigintColumn }) budgetCents!: bigint
  @Column('bigint', { name: 'actual_cents', transformer: bigintColumn }) actualCents!: bigint
  @Column('bigint', { name: 'forecast_cents', transformer: bigintColumn }) forecastCents!: bigint
}

/** The report of the city cooperative on a quarter or a year, with its draft. */
@Entity('city_reports')
@Unique('city_reports_one_per_period', ['period'])
@Check('city_reports_period', `period ~ '^[0-9]{4}(-Q[1-4])?$'`)
export class CityReportRow {
  @PrimaryColumn('uuid') id!: string
  /** `2019-Q3` or `2019`. */
  @Column('text') period!: string
  @Column('jsonb', { default: {} }) draft!: Record<string, string>
  /** Goes up by one at every change, so that nobody overwrites what he has not seen. */
  @Column('integer', { name: 'draft_revision', default: 0 }) draftRevision!: number
  @Column('timestamptz', { name: 'draft_saved_at', nullable: true }) draftSavedAt!: Date | null
  @Column('uuid', { name: 'draft_saved_by', nullable: true }) draftSavedBy!: string | null
}

@Entity('city_report_versions')
@Unique('city_report_versions_number', ['reportId', 'number'])
@Check('city_report_versions_number_positive', 'number > 0')
@Check('city_report_versions_sha256', `sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`)
@Check('city_report_versions_copies', 'copies >= 0')
export class CityReportVersionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'report_id' }) reportId!: string
  @ManyToOne(() => CityReportRow)
  @JoinColumn({ name: 'report_id', foreignKeyConstraintName: 'city_report_versions_report_id_fkey' })
  report?: Relation<CityReportRow>
  @Column('smallint') number!: number
  /** Canonical JSON, as text: the very bytes that the hash is of. */
  @Column('text') content!: string
  @Column('char', { length: 64 }) sha256!: string
  @Column('timestamptz', { name: 'finalised_at' }) finalisedAt!: Date
  @Column('uuid', { name: 'finalised_by' }) finalisedBy!: string
  /** To how many people of the gemeente a copy went. */
  @Column('smallint') copies!: number
}

/** An assembly that has a version on its agenda. */
@Entity('city_report_offers')
export class CityReportOfferRow {
  @PrimaryColumn('uuid', { name: 'version_id' }) versionId!: string
  @PrimaryColumn('uuid', { name: 'assembly_id' }) assemblyId!: string
  @ManyToOne(() => CityReportVersionRow)
  @JoinColumn({ name: 'version_id', foreignKeyConstraintName: 'city_report_offers_version_id_fkey' })
  version?: Relation<CityReportVersionRow>
  @Column('uuid', { name: 'item_id' }) itemId!: string
  @Column('timestamptz', { name: 'offered_at' }) offeredAt!: Date
  @Column('uuid', { name: 'offered_by' }) offeredBy!: string
}

/** What the cooperative wants to bring about in the city; percentages in tenths. */
@Entity('effect_indicators')
@Unique('effect_indicators_position', ['position'])
@Check('effect_indicators_share', 'baseline_tenths BETWEEN 0 AND 1000 AND target_tenths BETWEEN 0 AND 1000')
export class EffectIndicatorRow {
  @PrimaryColumn('text') id!: string
  @Column('smallint') position!: number
  @Column('text') label!: string
  @Column('smallint', { name: 'baseline_year' }) baselineYear!: number
  @Column('smallint', { name: 'baseline_tenths' }) baselineTenths!: number
  @Column('smallint', { name: 'target_year' }) targetYear!: number
  @Column('smallint', { name: 'target_tenths' }) targetTenths!: number
  @Column('text') source!: string
}

/** What was measured; of several on one year the last one holds. */
@Entity('effect_measurements')
@Index('effect_measurements_of', ['indicatorId', 'year', 'recordedAt'])
@Check('effect_measurements_share', 'tenths BETWEEN 0 AND 1000')
@Check('effect_measurements_source', 'length(trim(source)) > 0')
export class EffectMeasurementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text', { name: 'indicator_id' }) indicatorId!: string
  @ManyToOne(() => EffectIndicatorRow)
  @JoinColumn({ name: 'indicator_id', foreignKeyConstraintName: 'effect_measurements_indicator_id_fkey' })
  indicator?: Relation<EffectIndicatorRow>
  @Column('smallint') year!: number
  @Column('smallint') tenths!: number
  @Column('text') source!: string
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string
}

export const cityReportsEntities = [
  ReportFigureRow,
  CityReportRow,
  CityReportVersionRow,
  CityReportOfferRow,
  EffectIndicatorRow,
  EffectMeasurementRow,
]
