import { Module } from '@nestjs/common'
import { AssembliesModule } from '#assemblies'
import { IdentityModule } from '#identity'
import { MandatesModule } from '#mandates'
import { MembersModule } from '#members'
import { OfficeAppointing } from './appointing.service.js'
import { OfficesDossier } from './dossier.service.js'
import { Offices } from './offices.service.js'
import { AppointmentController } from './pages/appointment.controller.js'
import { OfficesController } from './pages/offices.controller.js'
import { ShownOffices } from './pages/shown.js'

@Module({
  imports: [AssembliesModule, IdentityModule, MandatesModule, MembersModule],
  controllers: [AppointmentController, OfficesController],
  providers: [Offices, OfficesDossier, OfficeAppointing, ShownOffices],
  exports: [Offices, OfficeAppointing],
})
export class OfficesModule {}
