import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common'
import { createTransport, type Transporter } from 'nodemailer'
import { CONFIG, type Config } from '../config/config.js'
import { Database } from '../database/database.js'
import { sha256Bytes } from '../ids.js'

export interface Mail {
  /** Stays the same when a mail must be sent again, so that a mail program can fold the two. */
  messageId: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  attachments?: MailAttachment[]
}

export interface MailAttachment {
  name: string
  contentType: string
  content: string | Buffer
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
        attachments: mail.attachments?.map(({ name, ...rest }) => ({ filename: name, ...rest })),
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
      `INSERT INTO demo_mails (message_id, to_name, to_address, subject, text, html, attachments)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (message_id) DO NOTHING`,
      [
        ...[mail.messageId, mail.to.name, mail.to.address, mail.subject, mail.text, mail.html],
        JSON.stringify(await this.keepFiles(mail.attachments ?? [])),
      ],
    )
  }

  /** Kept once, however many mails it goes with. */
  private async keepFiles(attachments: readonly MailAttachment[]) {
    const kept: { name: string; contentType: string; sha256: string }[] = []
    for (const { name, contentType, content } of attachments) {
      const bytes = Buffer.from(content as string)
      const sha256 = sha256Bytes(bytes)
      await this.database.read.query(
        'INSERT INTO demo_mail_files (sha256, content) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING',
        [sha256, bytes],
      )
      kept.push({ name, contentType, sha256 })
    }
    return kept
  }
}

/** A 5xx answer to the recipient or the message itself; a failed log-in is our own fault and may pass. */
function isRefusedForGood(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500 && responseCode < 600
}
