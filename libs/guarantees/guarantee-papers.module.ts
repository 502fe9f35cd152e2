import { Module } from '@nestjs/common'
import { DocumentsModule } from '#documents'
import { IdentityModule } from '#identity'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { CertificatePaper } from './certificates/certificate-paper.js'
import { GuaranteeCertificates } from './certificates/guarantee-certificates.service.js'
import { GuaranteePapersStartPage } from './certificates/papers-start-page.service.js'
import { YearStatements } from './certificates/year-statements.service.js'
import { GuaranteesModule } from './guarantees.module.js'
import { MeansDeclarations } from './means/means-declarations.service.js'
import { MeansDossier } from './means/means-dossier.service.js'
import { MeansReminders } from './means/means-reminders.service.js'
import { ShareProposals } from './means/share-proposals.service.js'
import { CertificatePages } from './pages/certificate-pages.js'
import { CertificatesController } from './pages/certificates.controller.js'
import { CheckCertificateController } from './pages/check-certificate.controller.js'
import { MeansController } from './pages/means.controller.js'
import { MeansPage } from './pages/means-page.js'
import { StatementController } from './pages/statement.controller.js'

/** Means and the shares proposed by them, certificates of guarantees, and the statement of each year. */
@Module({
  imports: [DocumentsModule, GuaranteesModule, IdentityModule, MembersModule, NoticesModule, StatutesModule],
  controllers: [CertificatesController, CheckCertificateController, MeansController, StatementController],
  providers: [
    ...[MeansDeclarations, ShareProposals, MeansReminders, MeansDossier, MeansPage],
    ...[GuaranteeCertificates, CertificatePaper, CertificatePages, YearStatements, GuaranteePapersStartPage],
  ],
  exports: [
    MeansDeclarations,
    ShareProposals,
    GuaranteeCertificates,
    YearStatements,
    GuaranteePapersStartPage,
  ],
})
export class GuaranteePapersModule {}
