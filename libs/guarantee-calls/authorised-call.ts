import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { AuthorisedRecords } from '#assemblies'
import { formatCents } from '#kernel'
import { Database, Messages } from '#platform'
import { callPath, GUARANTEE_CALL } from './guarantee-calls.service.js'
import { callReference } from './rules/claim.js'
import { findCall } from './store/call.store.js'

/** Names the call that a motion authorises, on the page of that motion. */
@Injectable()
export class AuthorisedCall implements OnModuleInit {
  constructor(
    @Inject(AuthorisedRecords) private readonly records: AuthorisedRecords,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  onModuleInit(): void {
    this.records.add(GUARANTEE_CALL, async (id, lang) => {
      const found = await findCall(this.database.read, { id })
      if (!found) return null
      const values = { reference: callReference(found), amount: formatCents(found.amountCents) }
      return { label: this.messages.text(lang, 'guarantee-calls.authorised', values), href: callPath(found) }
    })
  }
}
