import { Module } from '@nestjs/common'
import { AdmissionsModule } from '#admissions'
import { DeparturesModule } from '#departures'
import { DocumentsModule } from '#documents'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { Erasing } from './erasing.service.js'
import { MemberFiles } from './member-file.service.js'
import { ErasingController } from './pages/erasing.controller.js'
import { MemberFileController } from './pages/member-file.controller.js'
import { PrivacyController } from './pages/privacy.controller.js'
import { Retention } from './retention.service.js'

@Module({
  imports: [
    AdmissionsModule,
    DeparturesModule,
    DocumentsModule,
    GuaranteesModule,
    IdentityModule,
    MembersModule,
  ],
  controllers: [PrivacyController, MemberFileController, ErasingController],
  providers: [MemberFiles, Erasing, Retention],
  exports: [MemberFiles, Erasing, Retention],
})
export class PrivacyModule {}
