import { Inject, Module, type OnModuleInit } from '@nestjs/common'
import { AssembliesModule, AuthorisedRecords } from '#assemblies'
import { FilesModule } from '#files'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { Database, isId, Messages } from '#platform'
import { AnnualAccounts } from './annual-accounts.service.js'
import { AccountsEntering } from './entering.service.js'
import { AccountsOffering } from './offering.service.js'
import { AccountsPages } from './pages/accounts-pages.js'
import { AnnualAccountsController } from './pages/annual-accounts.controller.js'
import { OfferingController } from './pages/offering.controller.js'
import { AccountsRecording } from './recording.service.js'
import { AccountsStartPage } from './start-page.service.js'
import { yearOfOffer } from './store/accounts.store.js'

@Module({
  imports: [AssembliesModule, FilesModule, IdentityModule, MembersModule],
  controllers: [AnnualAccountsController, OfferingController],
  providers: [
    AnnualAccounts,
    AccountsEntering,
    AccountsRecording,
    AccountsOffering,
    AccountsPages,
    AccountsStartPage,
  ],
  exports: [AnnualAccounts, AccountsEntering, AccountsRecording, AccountsOffering, AccountsStartPage],
})
export class AnnualAccountsModule implements OnModuleInit {
  constructor(
    @Inject(AuthorisedRecords) private readonly authorised: AuthorisedRecords,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The motions to adopt and to discharge name the year, with a link. */
  onModuleInit(): void {
    for (const kind of ['annualAccounts', 'discharge'] as const) {
      this.authorised.add(kind, async (id, lang) => {
        const year = isId(id) ? await yearOfOffer(this.database.read, id, kind) : null
        if (year === null) return null
        const label = this.messages.text(lang, `annual-accounts.authorised.${kind}`, { year: String(year) })
        return { label, href: `/jaarrekening/${year}` }
      })
    }
  }
}
