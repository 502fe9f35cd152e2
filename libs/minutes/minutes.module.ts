import { Inject, Module, type OnModuleInit } from '@nestjs/common'
import { AssembliesModule, AssemblyRecords, AuthorisedRecords } from '#assemblies'
import { DocumentsModule } from '#documents'
import { FilesModule } from '#files'
import { IdentityModule } from '#identity'
import { NoticesModule } from '#notices'
import { Database, isId, longDay, Messages } from '#platform'
import { MinutesApproving } from './approving.service.js'
import { MinutesChecking } from './checking.service.js'
import { MINUTES, Minutes } from './minutes.service.js'
import { MinutesNotices } from './minutes-notices.js'
import { MinutesPaper } from './minutes-paper.js'
import { MinutesOffering } from './offering.service.js'
import { CheckController } from './pages/check.controller.js'
import { MinutesController } from './pages/minutes.controller.js'
import { MinutesPages } from './pages/minutes-pages.js'
import { WritingController } from './pages/writing.controller.js'
import { WritingPages } from './pages/writing-pages.js'
import { MinutesStartPage } from './start-page.service.js'
import { findOffer } from './store/minutes.store.js'
import { MinutesWriting } from './writing.service.js'

@Module({
  imports: [AssembliesModule, DocumentsModule, FilesModule, IdentityModule, NoticesModule],
  controllers: [MinutesController, WritingController, CheckController],
  providers: [
    Minutes,
    MinutesApproving,
    MinutesChecking,
    MinutesNotices,
    MinutesOffering,
    MinutesPages,
    MinutesPaper,
    MinutesStartPage,
    MinutesWriting,
    WritingPages,
  ],
  exports: [Minutes, MinutesApproving, MinutesChecking, MinutesOffering, MinutesStartPage, MinutesWriting],
})
export class MinutesModule implements OnModuleInit {
  constructor(
    @Inject(AuthorisedRecords) private readonly authorised: AuthorisedRecords,
    @Inject(AssemblyRecords) private readonly records: AssemblyRecords,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** A motion to approve minutes names them, with a link. */
  onModuleInit(): void {
    this.authorised.add(MINUTES, async (id, lang) => {
      const offer = isId(id) ? await findOffer(this.database.read, id) : null
      const assembly = offer && (await this.records.assembly(offer.minutes.assemblyId))
      if (!assembly) return null
      const label = this.messages.text(lang, 'minutes.title', { day: longDay(lang, assembly.heldOn) })
      return { label, href: `/alv/${assembly.id}/notulen` }
    })
  }
}
