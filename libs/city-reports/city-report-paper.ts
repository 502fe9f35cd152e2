import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { Documents } from '#documents'
import { NoticeModels } from '#notices'
import { Database, type MailAttachment, Messages } from '#platform'
import { quarterBlocks, yearBlocks } from './paper-blocks.js'
import type { CityReportContent } from './rules/city-report-content.js'
import { readPeriod } from './rules/period.js'
import { type CityVersion, findRecord } from './store/city-reports.store.js'
import { Words } from './words.js'

/** A final report as PDF, in Dutch: it is part of the record. The same version is the same file, byte for byte. */
@Injectable()
export class CityReportPaper implements OnModuleInit {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Database) private readonly database: Database,
    @Inject(NoticeModels) private readonly models: NoticeModels,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The copy for the gemeente goes with the mail. */
  onModuleInit(): void {
    this.models.attach('city-reports/copy', (model) => this.attachmentFor(model))
  }

  make({ content: json, number, sha256, finalisedAt }: Omit<CityVersion, 'id'>): Promise<Buffer> {
    const content = JSON.parse(json) as CityReportContent
    const words = new Words(this.messages, 'nl')
    const period = readPeriod(content.period)!
    const title = words.say(`title.${period.kind}`, { period: words.period(period) })
    return this.documents.pdf({
      title,
      subtitle: words.say('paper.subtitle', { version: String(number) }),
      lang: 'nl',
      footer: words.say('paper.footer', { title, version: String(number) }),
      madeAt: finalisedAt,
      blocks: [
        ...(content.format === 'samen.city-report/1'
          ? quarterBlocks(words, content)
          : yearBlocks(words, content)),
        { kind: 'paragraph', soft: true, text: words.say('paper.hash', { sha256 }) },
      ],
    })
  }

  private async attachmentFor({ period, version }: Record<string, unknown>): Promise<MailAttachment[]> {
    const found = await findRecord(this.database.read, String(period))
    const final = found?.versions.find(({ number }) => number === version)
    if (!final) return []
    const name = `verslag-${period}.pdf`
    return [{ name, contentType: 'application/pdf', content: await this.make(final) }]
  }
}
