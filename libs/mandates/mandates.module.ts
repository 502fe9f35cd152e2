import { Module } from '@nestjs/common'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { Appointing } from './appointing.service.js'
import { AroundMandates } from './around.service.js'
import { MandatesDossier } from './dossier.service.js'
import { Holding } from './holding.service.js'
import { MandateNotices } from './mandate-notices.js'
import { Mandates } from './mandates.service.js'
import { MandateController } from './pages/mandate.controller.js'
import { MandatesController } from './pages/mandates.controller.js'
import { ShownMandates } from './pages/shown.js'
import { MandateStartPage } from './start-page.service.js'

@Module({
  imports: [IdentityModule, MembersModule, NoticesModule, StatutesModule],
  controllers: [MandatesController, MandateController],
  providers: [
    Mandates,
    Appointing,
    AroundMandates,
    Holding,
    MandateNotices,
    MandateStartPage,
    MandatesDossier,
    ShownMandates,
  ],
  exports: [Mandates, Appointing, MandateStartPage],
})
export class MandatesModule {}
