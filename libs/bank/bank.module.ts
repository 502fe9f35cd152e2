import { Module } from '@nestjs/common'
import { IdentityModule } from '#identity'
import { BankAccounts } from './bank-accounts.service.js'
import { BankLines } from './lines.service.js'
import { Matching } from './matching.service.js'
import { BankController } from './pages/bank.controller.js'
import { BankPages } from './pages/bank-pages.js'
import { BankWords } from './pages/bank-words.js'
import { LinePage } from './pages/line-page.js'
import { LinesController } from './pages/lines.controller.js'
import { SettledByBank } from './settled-by-bank.js'
import { BankStartPage } from './start-page.service.js'
import { Statements } from './statements.service.js'
import { Suggestions } from './suggestions.service.js'

@Module({
  imports: [IdentityModule],
  controllers: [BankController, LinesController],
  providers: [
    ...[BankAccounts, BankLines, Statements, Matching, Suggestions, SettledByBank, BankStartPage],
    ...[BankPages, LinePage, BankWords],
  ],
  exports: [BankAccounts, BankLines, Statements, Matching, Suggestions, SettledByBank, BankStartPage],
})
export class BankModule {}
