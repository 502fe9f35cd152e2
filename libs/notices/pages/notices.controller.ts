import { Controller, Get, Inject } from '@nestjs/common'
import { Database, Lang, type Language, Messages, type Page, page } from '#platform'

const LATEST = 60

/** For staff: what was mailed to whom, and what could not be delivered. */
@Controller()
export class NoticesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('berichten')
  async list(@Lang() lang: Language): Promise<Page> {
    const notices: { sent_at: Date | null; refused_at: Date | null; attempts: number }[] =
      await this.database.read.query(
        `SELECT n.id, n.template, n.to_name AS "toName", n.to_address AS "toAddress", n.written_at AS "writtenAt",
              d.sent_at, d.refused_at, d.attempts, d.last_error AS "lastError"
       FROM notices n JOIN notice_deliveries d ON d.notice_id = n.id
       ORDER BY (d.refused_at IS NOT NULL) DESC, n.id DESC LIMIT ${LATEST}`,
      )
    return page('libs/notices/pages/views/notices.hbs', {
      title: this.messages.text(lang, 'notices.title'),
      notices: notices.map((notice) => ({ ...notice, state: stateOf(notice) })),
      latest: LATEST,
    })
  }
}

function stateOf(notice: { sent_at: Date | null; refused_at: Date | null; attempts: number }): string {
  if (notice.sent_at) return 'sent'
  if (notice.refused_at) return 'refused'
  return notice.attempts > 0 ? 'retrying' : 'waiting'
}
