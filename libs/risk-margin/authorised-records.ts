import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { AuthorisedRecords } from '#assemblies'
import { formatCents } from '#kernel'
import { Database, Messages } from '#platform'
import { DISTRIBUTION, proposalPath } from './risk-margin.service.js'
import { readMotion } from './store/close.store.js'
import { readOne } from './store/distribution.store.js'

/** Names what a motion authorises, on the page of that motion: a distribution, a waiver, pre-investments first. */
@Injectable()
export class AuthorisedMarginRecords implements OnModuleInit {
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
      return { label: this.messages.text(lang, 'risk-margin.authorised', values), href: proposalPath(found) }
    })
    for (const kind of ['yearCloseWaiver', 'preInvestmentFirst'] as const) {
      this.records.add(kind, async (id, lang) => {
        const found = await readMotion(this.database.read, id)
        if (!found) return null
        const { year, item } = found
        const name = item ? this.messages.text(lang, `risk-margin.close.items.${item}`) : ''
        const values = { year: String(year), item: name }
        return {
          label: this.messages.text(lang, `risk-margin.motions.${kind}.authorised`, values),
          href: item ? `/risicomarge/${year}/jaarafsluiting` : '/voorinvesteringen',
        }
      })
    }
  }
}
