import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { DailyWork, Database } from '#platform'
import { DistrictAccounts } from './district-accounts.service.js'
import { DistrictNotices } from './district-notices.js'
import { JournalUploads } from './journal-uploads.service.js'
import { ReportBookings } from './report-bookings.service.js'

/** An advance that the bank confirmed longer ago was told of, or was paid before this was kept. */
const DAYS_TOLD = 60
const DAY_MS = 24 * 60 * 60 * 1000

/** Every day: what was not booked yet is booked, treasurers hear what was paid, old uploads go. */
@Injectable()
export class DistrictDailyWork {
  constructor(
    @Inject(DailyWork) daily: DailyWork,
    @Inject(Database) private readonly database: Database,
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(DistrictNotices) private readonly notices: DistrictNotices,
    @Inject(ReportBookings) private readonly bookings: ReportBookings,
    @Inject(JournalUploads) private readonly uploads: JournalUploads,
  ) {
    daily.add('district-accounts', (today) => this.doAll(today))
  }

  /** Safe to repeat. */
  async doAll(today: Day): Promise<void> {
    const years = (await this.accounts.years()).slice(0, 2)
    await this.bookings.makeUp(years)
    for (const year of years)
      await this.database.transaction(async (tx) => {
        for (const known of await this.accounts.read(tx, year, {}))
          for (const advance of known.advances)
            if (advance.paidOn && Date.parse(today) - Date.parse(advance.paidOn) <= DAYS_TOLD * DAY_MS)
              await this.notices.paid(tx, known, advance)
      })
    await this.uploads.forgetOld()
  }
}
