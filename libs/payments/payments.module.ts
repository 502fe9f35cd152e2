import { Module } from '@nestjs/common'
import { AgreementsModule } from '#agreements'
import { BankModule } from '#bank'
import { DocumentsModule } from '#documents'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { Accounts } from './accounts.service.js'
import { Approving } from './approving.service.js'
import { Batches } from './batches.service.js'
import { PaymentsDossier } from './dossier.service.js'
import { Ending } from './ending.service.js'
import { GuaranteeRefunds } from './guarantee-refunds.service.js'
import { BatchPage } from './pages/batch-page.js'
import { BatchesController } from './pages/batches.controller.js'
import { OverviewPage } from './pages/overview-page.js'
import { OwnPaymentsController } from './pages/own-payments.controller.js'
import { PayeesController } from './pages/payees.controller.js'
import { PaymentWords } from './pages/payment-words.js'
import { Payables } from './payables.service.js'
import { Payees } from './payees.service.js'
import { PaymentFiles } from './payment-files.service.js'
import { PaymentNotices } from './payment-notices.js'
import { Settling } from './settling.service.js'
import { PaymentsStartPage } from './start-page.service.js'
import { PaymentStatements } from './statements.service.js'

@Module({
  imports: [
    ...[AgreementsModule, BankModule, DocumentsModule, IdentityModule, LedgerModule, MembersModule],
    ...[GuaranteesModule, NoticesModule],
  ],
  // Of the addresses below /betalingen the named ones go before the names of batches.
  controllers: [OwnPaymentsController, PayeesController, BatchesController],
  providers: [
    ...[Accounts, Payables, Payees, Batches, Approving, Ending, PaymentFiles, Settling, PaymentStatements],
    ...[
      GuaranteeRefunds,
      PaymentNotices,
      PaymentsDossier,
      PaymentsStartPage,
      PaymentWords,
      OverviewPage,
      BatchPage,
    ],
  ],
  exports: [Payables, Payees, Batches, Approving, Ending, PaymentFiles, PaymentsStartPage],
})
export class PaymentsModule {}
