import { Inject, Injectable } from '@nestjs/common'
import { type Block, Documents } from '#documents'
import { dayOf } from '#kernel'
import { CONFIG, type Config, type Language, longDay, Messages } from '#platform'
import { CheckInCodes } from '../hall/check-in-codes.service.js'
import type { Convocation, SentRecipient } from '../store/convocation.store.js'
import { factsOf, itemLine } from './convocation-words.js'

/** The letters for the members that get no e-mail: one on each page, to the postal address in the register. */
@Injectable()
export class ConvocationLetters {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(CheckInCodes) private readonly codes: CheckInCodes,
  ) {}

  async pdf(convocation: Convocation, recipients: readonly SentRecipient[]): Promise<Buffer> {
    const lang: Language = 'nl'
    const { content, convenedAt } = convocation
    const blocks: Block[] = []
    for (const recipient of recipients) {
      blocks.push({ kind: 'pageBreak' }, ...(await this.letter(convocation, recipient, lang)))
    }
    return this.documents.pdf({
      title: this.messages.text(lang, 'assemblies.print.letters', { title: content.title }),
      subtitle: this.messages.text(lang, 'assemblies.print.lettersCount', { count: recipients.length }),
      lang,
      madeAt: convenedAt,
      blocks,
    })
  }

  private async letter(
    { content, convenedAt }: Convocation,
    { memberId, name, address, voting }: SentRecipient,
    lang: Language,
  ): Promise<Block[]> {
    const text = (key: string, values?: Record<string, unknown>) =>
      this.messages.text(lang, `assemblies.print.${key}`, values)
    const paragraph = (line: string, soft = false): Block => ({ kind: 'paragraph', text: line, soft })
    const goesOn = content.kind !== 'cancellation'
    return [
      paragraph([name, address || text('noAddress')].join('\n')),
      paragraph(longDay(lang, dayOf(convenedAt)), true),
      { kind: 'heading', text: text(`letter.${content.kind}`, { title: content.title }) },
      paragraph(text('letter.greeting')),
      paragraph(text(`letter.text.${content.kind}`)),
      ...(content.reason ? [paragraph(text('letter.reason', { reason: content.reason }))] : []),
      { kind: 'facts', facts: factsOf(this.messages, content, lang) },
      {
        kind: 'list',
        ordered: true,
        items: content.items.map((item) => itemLine(this.messages, item, lang)),
      },
      ...(goesOn
        ? [
            paragraph(text(voting ? 'letter.voting' : 'letter.supporting')),
            paragraph(text('letter.papers', { url: `${this.config.baseUrl}/alv/${content.assemblyId}` })),
            await this.codes.block(content.assemblyId, memberId, lang),
          ]
        : []),
    ]
  }
}
