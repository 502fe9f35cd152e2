import { Module } from '@nestjs/common'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { GuaranteesDossier } from './dossier.service.js'
import { GuaranteeRecords } from './guarantee-records.service.js'
import { Guarantees } from './guarantees.service.js'
import { GuaranteesController } from './pages/guarantees.controller.js'
import { GuaranteesPage } from './pages/guarantees-page.js'
import { PledgesController } from './pages/pledges.controller.js'
import { Pledges } from './pledges.service.js'

@Module({
  imports: [IdentityModule, MembersModule, NoticesModule, StatutesModule],
  controllers: [GuaranteesController, PledgesController],
  providers: [GuaranteesDossier, Guarantees, Pledges, GuaranteeRecords, GuaranteesPage],
  exports: [Guarantees, Pledges, GuaranteeRecords],
})
export class GuaranteesModule {}
