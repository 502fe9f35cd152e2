import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { createTransport, type Transporter } from 'nodemailer'
import { CONFIG, type Config } from '../config/config.js'
import { Database } from '../database/database.js'

export interface Mail {
  /** Stays the same when a mail must be sent again, so that a mail program can fold the two. */
  messageId: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}

/** The mail server refused this mail for good (an SMTP 5xx answer): sending it again is no use. */
export class MailRefused extends Error {}

/** Hands mails to the SMTP server; in the demo without one they land in the demo mailbox. */
@Injectable()
export class MailTransport implements OnModuleDestroy {
  private readonly smtp: Transporter | null

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {
    this.smtp = config.mailUrl
      ? createTransport({
          url: config.mailUrl,
          pool: true,
          maxConnections: 2,
          socketTimeout: 20_000,
        } as object)
      : null
  }

  onModuleDestroy(): void {
    this.smtp?.close()
  }

  /**
   * @throws MailRefused when the server refuses the mail for good; any other error may pass.
   */
  async send(mail: Mail): Promise<void> {
    if (!this.smtp) return this.keepForDemo(mail)
    try {
      await this.smtp.sendMail({
        from: this.config.mailFrom,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: mail.messageId,
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    } catch (error) {
      if (isRefusedForGood(error)) throw new MailRefused((error as Error).message)
      throw error
    }
  }

  private async keepForDemo(mail: Mail): Promise<void> {
    await this.database.read.query(
      `INSERT INTO demo_mails (message_id, to_name, to_address, subject, text, html)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (message_id) DO NOTHING`,
      [mail.messageId, mail.to.name, mail.to.address, mail.subject, mail.text, mail.html],
    )
  }
}

/** A 5xx answer to the recipient or the message itself; a failed log-in is our own fault and may pass. */
function isRefusedForGood(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500 && responseCode < 600
}
