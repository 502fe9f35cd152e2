import { Module } from '@nestjs/common'
import { AccountabilityModule } from '#accountability'
import { IdentityModule } from '#identity'
import { WorkbooksController } from './pages/workbooks.controller.js'
import { TakingOver } from './taking-over.service.js'
import { WorkbookUploads } from './uploads.service.js'
import { Workbooks } from './workbooks.service.js'

@Module({
  imports: [AccountabilityModule, IdentityModule],
  controllers: [WorkbooksController],
  providers: [Workbooks, WorkbookUploads, TakingOver],
  exports: [Workbooks, WorkbookUploads, TakingOver],
})
export class ReportSheetsModule {}
