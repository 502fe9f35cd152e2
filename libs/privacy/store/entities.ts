import { Column, Entity, PrimaryColumn } from 'typeorm'

/** That the people of a former member were erased; written by the database function `erase_member_persons` only. */
@Entity('member_erasures')
export class MemberErasureRow {
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string
  @Column('timestamptz', { name: 'erased_at' }) erasedAt!: Date
  @Column('uuid', { name: 'erased_by' }) erasedBy!: string
  /** How many people were erased. */
  @Column('integer') people!: number
  /** Also what names the organisation, which is a person: a sole trader. */
  @Column('boolean', { name: 'with_organisation' }) withOrganisation!: boolean
}

export const privacyEntities = [MemberErasureRow]
