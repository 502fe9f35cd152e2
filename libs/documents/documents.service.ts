import { Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config, Messages } from '#platform'
import type { PaperDocument } from './document.js'
import { makePdf } from './pdf/make-pdf.js'

/** Papers to hand over: accessible PDF in the look of the site. */
@Injectable()
export class Documents {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'cooperativeName'>,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** A tagged A4 PDF. The same document gives the same bytes. Characters that no font has become a box, never an error. */
  pdf(document: PaperDocument): Promise<Buffer> {
    return makePdf(document, {
      cooperativeName: this.config.cooperativeName,
      pageOf: (page, pages) => this.messages.text(document.lang, 'documents.pageOf', { page, pages }),
    })
  }
}
