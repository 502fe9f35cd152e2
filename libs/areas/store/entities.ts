import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation, Unique } from 'typeorm'
import { bigintColumn } from '#platform'

/** One of the administrative wijken of the project administration, with its weight in the key. */
@Entity('accounting_districts')
@Unique('accounting_districts_slug', ['slug'])
@Unique('accounting_districts_name', ['name'])
@Check('accounting_districts_weight', 'weight >= 0')
export class AccountingDistrict {
  @PrimaryColumn('uuid') id!: string
  @Column('text') slug!: string
  @Column('text') name!: string
  @Column('bigint', { transformer: bigintColumn }) weight!: bigint
  @Column('smallint') position!: number
}

/** A wijk in the division of the municipality. */
@Entity('districts')
@Unique('districts_number', ['number'])
@Unique('districts_name', ['name'])
export class District {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') number!: number
  @Column('text') name!: string
  @Column('uuid', { name: 'accounting_district_id' }) accountingDistrictId!: string
  @ManyToOne(() => AccountingDistrict)
  @JoinColumn({ name: 'accounting_district_id' })
  accountingDistrict!: Relation<AccountingDistrict>
}

/** A buurt as its residents see it. */
@Entity('neighbourhoods')
@Unique('neighbourhoods_number', ['number'])
export class Neighbourhood {
  @PrimaryColumn('uuid') id!: string
  @Column('smallint') number!: number
  @Column('text') name!: string
  @Column('uuid', { name: 'district_id' }) districtId!: string
  @ManyToOne(() => District)
  @JoinColumn({ name: 'district_id' })
  district!: Relation<District>
}

export const areasEntities = [AccountingDistrict, District, Neighbourhood]
