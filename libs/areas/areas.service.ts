import { Inject, Injectable } from '@nestjs/common'
import { Database, type Tx } from '#platform'
import { AccountingDistrict, District, Neighbourhood } from './store/entities.js'

/** The areas of the city: administrative wijken, wijken and buurten. */
@Injectable()
export class Areas {
  constructor(@Inject(Database) private readonly database: Database) {}

  async accountingDistricts(tx: Tx = this.database.read): Promise<AccountingDistrict[]> {
    return tx.getRepository(AccountingDistrict).find({ order: { position: 'ASC' } })
  }

  async districts(tx: Tx = this.database.read): Promise<District[]> {
    return tx.getRepository(District).find({ order: { number: 'ASC' } })
  }

  async neighbourhoods(tx: Tx = this.database.read): Promise<Neighbourhood[]> {
    return tx.getRepository(Neighbourhood).find({ order: { number: 'ASC' } })
  }
}
