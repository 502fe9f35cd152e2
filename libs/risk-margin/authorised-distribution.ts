import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { AuthorisedRecords } from '#assemblies'
import { formatCents } from '#kernel'
import { Database, Messages } from '#platform'
import { DISTRIBUTION } from './risk-margin.service.js'
import { readOne } from './store/distribution.store.js'

/** Names the distribution that a motion authorises, on the page of that motion. */
@Injectable()
export class AuthorisedDistribution implements OnModuleInit {
  constructor(
    @Inject(AuthorisedRecords) private readonly records: AuthorisedRecords,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  onModuleInit(): void {
    this.records.add(DISTRIBUTION, async (id, lang) => {
      const found = await readOne(this.database.read, id)
      if (!found) return null
      const values = { year: found.year, amount: formatCents(found.amountCents) }
      const label = this.messages.text(lang, 'risk-margin.authorised', values)
      return { label, href: `/risicomarge/${found.year}/voorstellen/${id}` }
    })
  }
}
