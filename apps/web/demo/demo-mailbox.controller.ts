import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common'
import { Database, Lang, type Language, Messages, type Page, page } from '#platform'

const LATEST = 60

interface DemoMail {
  id: bigint
  subject: string
  to_name: string
  to_address: string
  sent_at: Date
  text: string
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
    if (!/^[0-9]{1,18}$/.test(id)) throw new NotFoundException()
    const mails: DemoMail[] = await this.database.read.query('SELECT * FROM demo_mails WHERE id = $1', [id])
    const mail = mails[0]
    if (!mail) throw new NotFoundException()
    return page('apps/web/views/demo-mail.hbs', {
      title: this.messages.text(lang, 'web.demo.mail', { subject: mail.subject }),
      mail,
      pieces: withLinks(mail.text),
    })
  }
}

/** A mail's text cut into pieces of plain text and links. */
function withLinks(text: string): { text: string; href: string | null }[] {
  return text
    .split(/(https?:\/\/\S+)/)
    .filter((piece) => piece !== '')
    .map((piece) => ({ text: piece, href: /^https?:\/\//.test(piece) ? piece : null }))
}
