import { Inject, Injectable } from '@nestjs/common'
import {
  CONFIG,
  type Config,
  Database,
  MailRefused,
  MailTransport,
  Outbox,
  Templates,
  type Tx,
} from '#platform'
import { NoticeModels } from './notice-models.js'

interface StoredNotice {
  id: string
  template: string
  to_name: string
  to_address: string
  model: Record<string, unknown>
  sent_at: Date | null
  refused_at: Date | null
}

/** Sends one notice by mail, and records how it went. */
@Injectable()
export class NoticeSender {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(MailTransport) private readonly mail: MailTransport,
    @Inject(Templates) private readonly templates: Templates,
    @Inject(NoticeModels) private readonly models: NoticeModels,
  ) {}

  /**
   * Sends the notice unless that was done already. The row stays locked while the server is
   * spoken to, so two workers never send the same notice at once. If the process dies between
   * the server's "yes" and our commit, the mail goes out again with the same Message-ID: that
   * is as far as mail allows.
   * @throws whatever the transport threw, when trying again may help.
   */
  async send(noticeId: string): Promise<'sent' | 'already' | 'refused'> {
    await this.countAttempt(noticeId)
    try {
      return await this.database.transaction(async (tx) => {
        const notice = await this.lock(tx, noticeId)
        if (!notice || notice.sent_at || notice.refused_at) {
          await this.outbox.markDone(tx, noticeId)
          return 'already'
        }
        await this.mail.send(await this.compose(notice))
        await this.settle(tx, noticeId, 'sent_at', null)
        return 'sent'
      })
    } catch (error) {
      if (error instanceof MailRefused) {
        await this.database.transaction((tx) => this.settle(tx, noticeId, 'refused_at', error.message))
        return 'refused'
      }
      await this.noteError(noticeId, (error as Error).message)
      throw error
    }
  }

  private async lock(tx: Tx, noticeId: string): Promise<StoredNotice | undefined> {
    const rows: StoredNotice[] = await tx.query(
      `SELECT n.id, n.template, n.to_name, n.to_address, n.model, d.sent_at, d.refused_at
       FROM notice_deliveries d JOIN notices n ON n.id = d.notice_id WHERE d.notice_id = $1 FOR UPDATE OF d`,
      [noticeId],
    )
    return rows[0]
  }

  private async compose(notice: StoredNotice) {
    const folder = `libs/${notice.template.replace('/', '/emails/')}`
    const model = {
      ...(await this.models.modelFor(notice.template, notice.model)),
      toName: notice.to_name,
      baseUrl: this.config.baseUrl,
      cooperativeName: this.config.cooperativeName,
      lang: 'nl',
    }
    const domain = /@([^>\s]+)/.exec(this.config.mailFrom)?.[1] ?? 'samen.invalid'
    return {
      messageId: `<${notice.id}@${domain}>`,
      to: { name: notice.to_name, address: notice.to_address },
      subject: this.templates.plain(`${folder}/subject.hbs`, model).trim().replace(/\s+/g, ' '),
      text: this.templates.plain(`${folder}/text.hbs`, model),
      html: this.templates.html(`${folder}/html.hbs`, model),
      attachments: await this.models.attachmentsFor(notice.template, notice.model),
    }
  }

  private async countAttempt(noticeId: string): Promise<void> {
    await this.database.read.query(
      'UPDATE notice_deliveries SET attempts = attempts + 1, last_attempt_at = now() WHERE notice_id = $1 AND sent_at IS NULL',
      [noticeId],
    )
  }

  private async settle(
    tx: Tx,
    noticeId: string,
    column: 'sent_at' | 'refused_at',
    error: string | null,
  ): Promise<void> {
    await tx.query(`UPDATE notice_deliveries SET ${column} = now(), last_error = $2 WHERE notice_id = $1`, [
      noticeId,
      error,
    ])
    await this.outbox.markDone(tx, noticeId)
  }

  private async noteError(noticeId: string, error: string): Promise<void> {
    await this.database.read.query('UPDATE notice_deliveries SET last_error = $2 WHERE notice_id = $1', [
      noticeId,
      error,
    ])
  }
}
