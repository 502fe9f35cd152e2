import { Inject, Module, type OnModuleInit } from '@nestjs/common'
import { AgreementsModule } from '#agreements'
import { AssembliesModule, AuthorisedRecords } from '#assemblies'
import { FilesModule } from '#files'
import { IdentityModule } from '#identity'
import { NoticesModule } from '#notices'
import { Database, isId, Messages } from '#platform'
import { InterventionActs } from './acting.service.js'
import { InterventionDailyWork } from './daily.service.js'
import { InterventionNotices } from './intervention-notices.js'
import { AUTHORISES, Interventions, isVisible } from './interventions.service.js'
import { ActPage } from './pages/act-page.js'
import { ActsController } from './pages/acts.controller.js'
import { CasePage } from './pages/case-page.js'
import { CasesController } from './pages/cases.controller.js'
import { CaseListPage } from './pages/list-page.js'
import { InterventionStartPage } from './start-page.service.js'
import { InterventionStarting } from './starting.service.js'
import { caseOfEvent } from './store/case.store.js'

@Module({
  imports: [AgreementsModule, AssembliesModule, FilesModule, IdentityModule, NoticesModule],
  controllers: [CasesController, ActsController],
  providers: [
    Interventions,
    InterventionStarting,
    InterventionActs,
    InterventionNotices,
    InterventionDailyWork,
    InterventionStartPage,
    CasePage,
    ActPage,
    CaseListPage,
  ],
  exports: [
    Interventions,
    InterventionStarting,
    InterventionActs,
    InterventionDailyWork,
    InterventionStartPage,
  ],
})
export class InterventionsModule implements OnModuleInit {
  constructor(
    @Inject(AuthorisedRecords) private readonly authorised: AuthorisedRecords,
    @Inject(Interventions) private readonly interventions: Interventions,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** A motion about a notice of default names the case, with a link. */
  onModuleInit(): void {
    this.authorised.add(AUTHORISES, async (eventId, lang, visitor) => {
      const id = isId(eventId) ? await caseOfEvent(this.database.read, eventId) : null
      const known = id && (await this.interventions.find(id))
      if (!known) return null
      const { reference } = known
      const label = this.messages.text(lang, 'interventions.authorised', { reference })
      return { label, href: isVisible(visitor, known) ? `/ingrepen/${known.id}` : null }
    })
  }
}
