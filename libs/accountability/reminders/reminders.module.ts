import { Module } from '@nestjs/common'
import { IdentityModule } from '#identity'
import { NoticesModule } from '#notices'
import { StatutesModule } from '#statutes'
import { AccountabilityModule } from '../accountability.module.js'
import { FollowingPage } from './following-page.js'
import { ReminderNotices } from './reminder-notices.js'
import { RemindersController } from './reminders.controller.js'
import { RemindersStartPage } from './reminders-start-page.service.js'
import { ReportReminders } from './report-reminders.service.js'

/** Reminding who has to account for a quarter, and the overview of who is where. */
@Module({
  imports: [AccountabilityModule, IdentityModule, NoticesModule, StatutesModule],
  controllers: [RemindersController],
  providers: [ReportReminders, ReminderNotices, RemindersStartPage, FollowingPage],
  exports: [ReportReminders, RemindersStartPage],
})
export class RemindersModule {}
