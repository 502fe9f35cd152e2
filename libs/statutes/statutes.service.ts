import { Inject, Injectable } from '@nestjs/common'
import type { Day } from '#kernel'
import { Database, Ids, type Tx } from '#platform'
import { StatuteBook, type StatuteKey, type StatuteSetting } from './rules/statute-book.js'
import { StatuteSettingRow } from './store/entities.js'

/** The statutes as dated data. Rules are always read as of the day that matters. */
@Injectable()
export class Statutes {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** The rules that hold on a day. */
  async asOf(day: Day, tx: Tx = this.database.read): Promise<StatuteBook> {
    return new StatuteBook(day, await this.recorded(tx))
  }

  /** Every setting ever recorded, in order of recording: the page shows the history. */
  async recorded(tx: Tx = this.database.read): Promise<StatuteSetting[]> {
    return tx.getRepository(StatuteSettingRow).find({ order: { recordedAt: 'ASC', id: 'ASC' } })
  }

  /** Records rules from a day on; earlier rules keep holding for the days before it. */
  async record<K extends StatuteKey>(tx: Tx, settings: readonly StatuteSetting<K>[]): Promise<void> {
    await tx
      .getRepository(StatuteSettingRow)
      .insert(settings.map((setting) => ({ ...setting, id: this.ids.next() })) as never)
  }
}
