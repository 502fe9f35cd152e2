import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common'
import { Database, Download, Lang, type Language, Messages, type Page, page } from '#platform'

const LATEST = 60

interface DemoMail {
  id: bigint
  subject: string
  to_name: string
  to_address: string
  sent_at: Date
  text: string
  attachments: { name: string; contentType: string; sha256: string }[]
}

/** The demo's mailbox: every mail that would have left, newest first. */
@Controller('demo/postvak')
export class DemoMailboxController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async list(@Lang() lang: Language): Promise<Page> {
    const mails: DemoMail[] = await this.database.read.query(
      `SELECT id, subject, to_name, to_address, sent_at FROM demo_mails ORDER BY id DESC LIMIT ${LATEST}`,
    )
    return page('apps/web/views/demo-mailbox.hbs', {
      title: this.messages.text(lang, 'web.demo.mailbox'),
      mails: mails.map((mail) => ({ ...mail, id: String(mail.id) })),
      latest: LATEST,
    })
  }

  @Get(':id')
  async show(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    const mail = await this.find(id)
    return page('apps/web/views/demo-mail.hbs', {
      title: this.messages.text(lang, 'web.demo.mail', { subject: mail.subject }),
      mail,
      pieces: withLinks(mail.text),
      attached: mail.attachments.map(({ name }, at) => ({
        href: `/demo/postvak/${id}/bijlagen/${at + 1}/bestand`,
        label: name,
        download: true,
      })),
    })
  }

  /** A file that went with a mail. */
  @Get(':id/bijlagen/:nummer/bestand')
  async attachment(@Param('id') id: string, @Param('nummer') number: string): Promise<Download> {
    const { attachments } = await this.find(id)
    const attachment = /^[1-9]\d?$/.test(number) ? attachments[Number(number) - 1] : undefined
    if (!attachment) throw new NotFoundException()
    const { name, contentType, sha256 } = attachment
    const [file]: { content: Buffer }[] = await this.database.read.query(
      'SELECT content FROM demo_mail_files WHERE sha256 = $1',
      [sha256],
    )
    if (!file) throw new NotFoundException()
    return new Download(name, contentType, file.content)
  }

  private async find(id: string): Promise<DemoMail> {
    const known = /^[0-9]{1,18}$/.test(id)
    const mails: DemoMail[] = known
      ? await this.database.read.query('SELECT * FROM demo_mails WHERE id = $1', [id])
      : []
    if (!mails[0]) throw new NotFoundException()
    return mails[0]
  }
}

/** A mail's text cut into pieces of plain text and links. */
function withLinks(text: string): { text: string; href: string | null }[] {
  return text
    .split(/(https?:\/\/\S+)/)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, href: /^https?:\/\//.test(piece) ? piece : null }))
}
