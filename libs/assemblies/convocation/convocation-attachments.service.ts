import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import QRCode from 'qrcode'
import { NoticeModels } from '#notices'
import { CONFIG, type Config, Database, type MailAttachment } from '#platform'
import { CheckInCodes } from '../hall/check-in-codes.service.js'
import { type Convocation, findConvocation } from '../store/convocation.store.js'
import { ConvocationPapers, MOST_BY_MAIL } from './convocation-papers.service.js'
import { calendarOf } from './convocation-words.js'

/** How many convocations' papers are kept at hand while their mails go out. */
const AT_HAND = 2

/**
 * What goes with the mails of a convocation: the appointment for the calendar, the agenda with its papers, and for
 * each member the code for the door.
 */
@Injectable()
export class ConvocationAttachments implements OnModuleInit {
  /** The same for every recipient, so made once. */
  private readonly agendas = new Map<string, Promise<Buffer>>()

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(NoticeModels) private readonly models: NoticeModels,
    @Inject(ConvocationPapers) private readonly papers: ConvocationPapers,
    @Inject(CheckInCodes) private readonly codes: CheckInCodes,
  ) {}

  onModuleInit(): void {
    for (const notice of ['assemblies/convocation', 'assemblies/assembly-changed'])
      this.models.attach(notice, (model) => this.attachmentsFor(model))
  }

  private async attachmentsFor({
    convocationId,
    memberIds,
  }: Record<string, unknown>): Promise<MailAttachment[]> {
    const convocation = await findConvocation(this.database.read, String(convocationId))
    if (!convocation) return []
    const cancelled = convocation.kind === 'cancellation'
    const calendar: MailAttachment = {
      name: 'agenda.ics',
      contentType: `text/calendar; charset=utf-8; method=${cancelled ? 'CANCEL' : 'PUBLISH'}`,
      content: calendarOf(convocation, this.config.baseUrl),
    }
    if (cancelled) return [calendar]
    const agenda: MailAttachment = {
      name: 'agenda.pdf',
      contentType: 'application/pdf',
      content: await this.agendaOf(convocation),
    }
    return [calendar, agenda, ...(await this.codesFor(convocation, memberIds as string[]))]
  }

  private agendaOf(convocation: Convocation): Promise<Buffer> {
    const known = this.agendas.get(convocation.id)
    if (known) return known
    const { content, convenedAt } = convocation
    const made = this.papers.agenda(content, convocation, convenedAt, 'nl', MOST_BY_MAIL)
    this.agendas.set(convocation.id, made)
    made.catch(() => this.agendas.delete(convocation.id))
    if (this.agendas.size > AT_HAND) this.agendas.delete(this.agendas.keys().next().value!)
    return made
  }

  /** A picture for each member, to show at the door. */
  private async codesFor({ assemblyId }: Convocation, memberIds: string[]): Promise<MailAttachment[]> {
    const pictures: MailAttachment[] = []
    for (const [at, memberId] of memberIds.entries()) {
      const address = await this.codes.addressOf(assemblyId, memberId)
      const content = await QRCode.toBuffer(address, { errorCorrectionLevel: 'M', scale: 8 })
      const number = memberIds.length > 1 ? `-${at + 1}` : ''
      pictures.push({ name: `code-bij-de-deur${number}.png`, contentType: 'image/png', content })
    }
    return pictures
  }
}
