import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import type { Day } from '#kernel'
import type { TermsJson } from './terms-schema.js'

@Entity({ name: 'district_cooperatives' })
@Unique('district_cooperatives_name', ['name'])
export class DistrictCooperativeRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') name!: string
  /** When the wijkcoöperatie is a member itself. */
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
}

@Entity({ name: 'district_cooperative_participants' })
export class DistrictCooperativeParticipantRow {
  @PrimaryColumn('uuid', { name: 'district_cooperative_id' }) districtCooperativeId!: string
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string

  @ManyToOne(() => DistrictCooperativeRow)
  @JoinColumn({
    name: 'district_cooperative_id',
    foreignKeyConstraintName: 'district_cooperative_participants_district_cooperative_id_fkey',
  })
  districtCooperative?: Relation<DistrictCooperativeRow>
}

@Entity({ name: 'agreements' })
@Unique('agreements_area_slug', ['areaSlug'])
@Check('agreements_area_slug_form', `area_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
@Check('agreements_period', 'ends_on >= starts_on')
export class AgreementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text', { name: 'area_slug' }) areaSlug!: string
  @Column('text', { name: 'area_name' }) areaName!: string
  @Column('uuid', { name: 'accounting_district_id' }) accountingDistrictId!: string
  @Column('uuid', { name: 'district_cooperative_id' }) districtCooperativeId!: string
  @Column('date', { name: 'starts_on' }) startsOn!: Day
  @Column('date', { name: 'ends_on' }) endsOn!: Day

  @ManyToOne(() => DistrictCooperativeRow)
  @JoinColumn({
    name: 'district_cooperative_id',
    foreignKeyConstraintName: 'agreements_district_cooperative_id_fkey',
  })
  districtCooperative?: Relation<DistrictCooperativeRow>
}

@Entity({ name: 'agreement_neighbourhoods' })
export class AgreementNeighbourhoodRow {
  @PrimaryColumn('uuid', { name: 'agreement_id' }) agreementId!: string
  @PrimaryColumn('uuid', { name: 'neighbourhood_id' }) neighbourhoodId!: string

  @ManyToOne(() => AgreementRow)
  @JoinColumn({
    name: 'agreement_id',
    foreignKeyConstraintName: 'agreement_neighbourhoods_agreement_id_fkey',
  })
  agreement?: Relation<AgreementRow>
}

@Entity({ name: 'agreement_versions' })
@Unique('agreement_versions_number', ['agreementId', 'number'])
export class AgreementVersionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('smallint') number!: number
  @Column('date', { name: 'holds_from' }) holdsFrom!: Day
  @Column('jsonb') terms!: TermsJson
  @Column('date', { name: 'signed_on' }) signedOn!: Day
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date

  @ManyToOne(() => AgreementRow)
  @JoinColumn({ name: 'agreement_id', foreignKeyConstraintName: 'agreement_versions_agreement_id_fkey' })
  agreement?: Relation<AgreementRow>
}

export const agreementsEntities = [
  DistrictCooperativeRow,
  DistrictCooperativeParticipantRow,
  AgreementRow,
  AgreementNeighbourhoodRow,
  AgreementVersionRow,
]
