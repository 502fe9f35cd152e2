import { Module } from '@nestjs/common'
import { AreasModule } from '#areas'
import { AssembliesModule } from '#assemblies'
import { FilesModule } from '#files'
import { GuaranteesModule } from '#guarantees'
import { MandatesModule } from '#mandates'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { AdmissionNotices } from './admission-notices.js'
import { Admissions } from './admissions.service.js'
import { Applying } from './applying.service.js'
import { Assessing } from './assessing.service.js'
import { AuthorisedAdmission } from './authorised-admission.js'
import { Criteria } from './criteria.service.js'
import { Deciding } from './deciding.service.js'
import { AdmissionsDossier } from './dossier.service.js'
import { Evidence } from './evidence.service.js'
import { ApplicationsController } from './pages/applications.controller.js'
import { ApplyController } from './pages/apply.controller.js'
import { CriteriaController } from './pages/criteria.controller.js'
import { FilePage } from './pages/file-page.js'
import { FillingInController } from './pages/filling-in.controller.js'
import { FillingInPage } from './pages/filling-in-page.js'
import { ResumeLinks } from './resume-links.js'
import { ApplicationRetention } from './retention.service.js'

@Module({
  imports: [
    AreasModule,
    AssembliesModule,
    FilesModule,
    GuaranteesModule,
    MandatesModule,
    MembersModule,
    NoticesModule,
    StatutesModule,
  ],
  controllers: [ApplyController, FillingInController, CriteriaController, ApplicationsController],
  providers: [
    AuthorisedAdmission,
    AdmissionsDossier,
    Admissions,
    Applying,
    Assessing,
    Deciding,
    Criteria,
    Evidence,
    ApplicationRetention,
    ResumeLinks,
    AdmissionNotices,
    FillingInPage,
    FilePage,
  ],
  exports: [Admissions, Applying, Assessing, Deciding, Criteria, Evidence, ApplicationRetention],
})
export class AdmissionsModule {}
