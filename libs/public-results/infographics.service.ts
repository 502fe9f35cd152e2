import { Inject, Injectable } from '@nestjs/common'
import { codeSquares, type Drawing, Drawings, type PaperSize } from '#documents'
import { CONFIG, type Config, type Language, Messages } from '#platform'
import type { ApprovedQuarter } from './approved-results.service.js'
import { infographic } from './infographic/infographic.js'
import { KeptFiles } from './kept-files.js'
import { Words } from './words.js'

/** Goes up when the drawing changes: files that caches keep are then asked for anew. */
const DRAWN = 1
/** A4 at 200 dots per inch: for a screen and for a newspaper. Who needs more takes the SVG or the PDF. */
const PNG_WIDTH = 1654
const KEPT = 40

/** A file of the infographic that can be asked for. */
export type Form = { kind: 'svg' | 'png' } | { kind: 'pdf'; paper: PaperSize }

/**
 * Draws the infographic of an approved quarter. A version never changes, so what is made of it is kept by its hash;
 * another process makes the same bytes.
 */
@Injectable()
export class Infographics {
  private readonly drawn = new KeptFiles<Drawing>(KEPT)
  private readonly files = new KeptFiles<Buffer>(KEPT)

  constructor(
    @Inject(Drawings) private readonly drawings: Drawings,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(CONFIG) private readonly config: Pick<Config, 'baseUrl' | 'cooperativeName'>,
  ) {}

  /** Names the content: equal when and only when the file is. For ETag and for addresses that may be kept for ever. */
  markOf({ sha256 }: ApprovedQuarter, lang: Language): string {
    return `${sha256.slice(0, 16)}-${lang}-${DRAWN}`
  }

  /** As SVG with real text, to stand in a page. */
  async inPage(approved: ApprovedQuarter, lang: Language): Promise<string> {
    return this.drawings.svgInPage(await this.draw(approved, lang), 'infographic')
  }

  /** @throws HttpException 429 when too many pictures are asked for at once */
  async file(approved: ApprovedQuarter, lang: Language, form: Form): Promise<Buffer> {
    const paper = form.kind === 'pdf' ? form.paper : ''
    const key = `${this.markOf(approved, lang)} ${form.kind} ${paper}`
    return this.files.get(key, async () => {
      const drawing = await this.draw(approved, lang)
      switch (form.kind) {
        case 'svg':
          return Buffer.from(this.drawings.svg(drawing))
        case 'png':
          return this.drawings.png(drawing, PNG_WIDTH)
        case 'pdf':
          return this.drawings.pdf(drawing, form.paper, approved.submittedAt)
      }
    })
  }

  private draw(approved: ApprovedQuarter, lang: Language): Promise<Drawing> {
    return this.drawn.get(this.markOf(approved, lang), async () => {
      const { results } = approved
      const { cooperativeName, baseUrl } = this.config
      const address = `${baseUrl}/wijken/${results.area.slug}/${results.quarter}`
      const imprint = { cooperativeName, address, code: codeSquares(address) }
      return infographic(results, new Words(this.messages, lang), this.drawings.typesetter, imprint)
    })
  }
}
