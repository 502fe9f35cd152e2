import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { AuthorisedRecords } from '#assemblies'
import { Database, Messages } from '#platform'
import { READERS } from './admissions.permissions.js'
import { ADMISSION } from './deciding.service.js'
import { readApplication } from './store/application-records.js'

/** Names the application that a motion authorises to admit, on the page of that motion. */
@Injectable()
export class AuthorisedAdmission implements OnModuleInit {
  constructor(
    @Inject(AuthorisedRecords) private readonly records: AuthorisedRecords,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  onModuleInit(): void {
    this.records.add(ADMISSION, async (id, lang, visitor) => {
      const found = await readApplication(this.database.read, id)
      const [version] = found?.versions ?? []
      if (!version) return null
      const label = this.messages.text(lang, 'admissions.authorised', {
        name: version.content.organisation.name,
      })
      return { label, href: visitor.has(...READERS) ? `/aanmeldingen/${id}` : null }
    })
  }
}
