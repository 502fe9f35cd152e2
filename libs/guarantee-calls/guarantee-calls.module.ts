import { Module } from '@nestjs/common'
import { AssembliesModule } from '#assemblies'
import { BankModule } from '#bank'
import { DocumentsModule } from '#documents'
import { GuaranteesModule } from '#guarantees'
import { IdentityModule } from '#identity'
import { LedgerModule } from '#ledger'
import { MembersModule } from '#members'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { AuthorisedCall } from './authorised-call.js'
import { CallLetters } from './call-letters.js'
import { CallNotices } from './call-notices.js'
import { CallPayments } from './call-payments.service.js'
import { CallReminders } from './daily.service.js'
import { CallDefaults } from './defaults.service.js'
import { CallsDossier } from './dossier.service.js'
import { GuaranteeCalls } from './guarantee-calls.service.js'
import { CallIssuing } from './issuing.service.js'
import { CallPage } from './pages/call-page.js'
import { CallTable } from './pages/call-table.js'
import { CallWords } from './pages/call-words.js'
import { CallsController } from './pages/calls.controller.js'
import { HolderPage } from './pages/holder-page.js'
import { CalledHoldersController } from './pages/holders.controller.js'
import { NewCallPage } from './pages/new-call-page.js'
import { CallProposing } from './proposing.service.js'
import { CallStartPage } from './start-page.service.js'

@Module({
  imports: [
    ...[AssembliesModule, BankModule, DocumentsModule, GuaranteesModule, IdentityModule],
    ...[LedgerModule, MembersModule, NoticesModule, StatutesModule],
  ],
  controllers: [CallsController, CalledHoldersController],
  providers: [
    ...[GuaranteeCalls, CallProposing, CallIssuing, CallPayments, CallDefaults, CallReminders, CallNotices],
    ...[CallLetters, CallStartPage, AuthorisedCall, CallsDossier],
    ...[CallWords, CallTable, CallPage, NewCallPage, HolderPage],
  ],
  exports: [GuaranteeCalls, CallProposing, CallIssuing, CallDefaults, CallReminders, CallStartPage],
})
export class GuaranteeCallsModule {}
