import { Inject, Injectable } from '@nestjs/common'
import { Notices } from '#notices'
import { longDay, Messages, type Tx } from '#platform'
import type { MadePlan } from './planning.service.js'
import { headers } from './rules/columns.js'
import { sensitiveRows } from './rules/import-state.js'
import { type Change, onDayKey } from './rules/plan.js'
import type { ImportRecord } from './store/import-records.js'

/** Tells who was the registered contact that something sensitive changed, at the old address. */
@Injectable()
export class ImportNotices {
  constructor(
    @Inject(Notices) private readonly notices: Notices,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** In the transaction of the import; a member without a contact is not told. */
  async tellOldContacts(tx: Tx, { id, reference }: ImportRecord, made: MadePlan): Promise<void> {
    const notices = sensitiveRows(made).flatMap((row) => {
      const { details } = made.standing.get(onDayKey(row.memberId!, row.on!))!
      if (!details.contactEmail) return []
      return [
        {
          notice: 'member-files/details-changed',
          to: { personId: null, name: details.contactName ?? details.name, email: details.contactEmail },
          model: {
            memberName: details.name,
            day: longDay('nl', row.on!),
            reference,
            changes: row.changes.map((change) => this.inWords(change)),
          },
          key: `member-import:${id}:${row.memberId}`,
        },
      ]
    })
    await this.notices.send(tx, notices)
  }

  private inWords({ field, from, to }: Change): string {
    const written = (value: string | null) =>
      value === null
        ? this.messages.text('nl', 'member-files.nothing')
        : field === 'iban'
          ? lastOf(value)
          : value
    return `${headers[field]}: ${written(from)} → ${written(to)}`
  }
}

/** An account by its last four signs: a mail is no place for the whole. */
function lastOf(iban: string): string {
  return `${iban.slice(0, 4)} … ${iban.slice(-4)}`
}
