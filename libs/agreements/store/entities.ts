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
import type { Day } from '#kernel'
import type { AgreementKind, CounterpartyKind } from '../rules/agreement.js'
import type { TermsJson } from './terms-schema.js'

@Entity({ name: 'counterparties' })
@Unique('counterparties_name', ['name'])
@Check('counterparties_kind', `kind IN ('districtCooperative','partnership','contractor','director')`)
export class CounterpartyRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text') name!: string
  @Column('text', { default: 'districtCooperative' }) kind!: CounterpartyKind
  /** When the wijkcoöperatie is a member itself. */
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null
}

@Entity({ name: 'counterparty_participants' })
export class CounterpartyParticipantRow {
  @PrimaryColumn('uuid', { name: 'counterparty_id' }) counterpartyId!: string
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string

  @ManyToOne(() => CounterpartyRow)
  @JoinColumn({
    name: 'counterparty_id',
    foreignKeyConstraintName: 'counterparty_participants_counterparty_id_fkey',
  })
  counterparty?: Relation<CounterpartyRow>
}

@Entity({ name: 'agreements' })
@Unique('agreements_area_slug', ['areaSlug'])
@Check('agreements_area_slug_form', `area_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)
@Check('agreements_period', 'ends_on >= starts_on')
@Check('agreements_kind', `kind IN ('district','execution','direction')`)
@Check('agreements_district_has_area', `kind <> 'district' OR accounting_district_id IS NOT NULL`)
export class AgreementRow {
  @PrimaryColumn('uuid') id!: string
  @Column('text', { default: 'district' }) kind!: AgreementKind
  @Column('text', { name: 'area_slug' }) areaSlug!: string
  @Column('text', { name: 'area_name' }) areaName!: string
  @Column('uuid', { name: 'accounting_district_id', nullable: true }) accountingDistrictId!: string | null
  @Column('uuid', { name: 'counterparty_id' }) counterpartyId!: string
  @Column('date', { name: 'starts_on' }) startsOn!: Day
  @Column('date', { name: 'ends_on' }) endsOn!: Day

  @ManyToOne(() => CounterpartyRow)
  @JoinColumn({
    name: 'counterparty_id',
    foreignKeyConstraintName: 'agreements_counterparty_id_fkey',
  })
  counterparty?: Relation<CounterpartyRow>
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
@Unique('agreement_versions_offer_once', ['offerId'])
@Index('agreement_versions_by_sha256', ['sha256'])
@Check('agreement_versions_sha256', `sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex')`)
@Check('agreement_versions_text', '(content IS NULL) = (sha256 IS NULL)')
@Check('agreement_versions_offered', 'offer_id IS NULL OR sha256 IS NOT NULL')
export class AgreementVersionRow {
  @PrimaryColumn('uuid') id!: string
  @Column('uuid', { name: 'agreement_id' }) agreementId!: string
  @Column('smallint') number!: number
  @Column('date', { name: 'holds_from' }) holdsFrom!: Day
  @Column('jsonb') terms!: TermsJson
  @Column('date', { name: 'signed_on' }) signedOn!: Day
  @Column('timestamptz', { name: 'recorded_at', default: () => 'now()' }) recordedAt!: Date
  /** The signed text in canonical JSON; null where it was signed elsewhere and only the terms were entered. */
  @Column('text', { nullable: true }) content!: string | null
  /** SHA-256 of the text. */
  @Column('char', { length: 64, nullable: true }) sha256!: string | null
  /** The offer that both parties signed here. */
  @Column('uuid', { name: 'offer_id', nullable: true }) offerId!: string | null

  @ManyToOne(() => AgreementRow)
  @JoinColumn({ name: 'agreement_id', foreignKeyConstraintName: 'agreement_versions_agreement_id_fkey' })
  agreement?: Relation<AgreementRow>
}

export const agreementRows = [
  CounterpartyRow,
  CounterpartyParticipantRow,
  AgreementRow,
  AgreementNeighbourhoodRow,
  AgreementVersionRow,
]
