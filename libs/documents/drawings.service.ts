import { HttpException, Inject, Injectable } from '@nestjs/common'
import { CONFIG, type Config } from '#platform'
import type { Drawing, Typesetter } from './drawing/drawing.js'
import { drawingPdf, type PaperSize } from './drawing/drawing-pdf.js'
import { pngOf } from './drawing/png.js'
import { svgWithOutlines, svgWithText } from './drawing/svg.js'
import { TooBusy, Turns } from './drawing/turns.js'
import { FontTypesetter } from './drawing/typesetter.js'

/** Dots and paper take a tenth of a second or more each: one at a time leaves the other core to the pages. */
const AT_ONCE = 1
const MAY_WAIT = 30
const TRY_LATER = 429

/** Pages that are drawn rather than written, as SVG, PNG and PDF that look alike. */
@Injectable()
export class Drawings {
  private readonly fonts = new FontTypesetter()
  private readonly turns = new Turns(AT_ONCE, MAY_WAIT)

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'cooperativeName'>) {}

  /** What measures texts for a drawing. */
  get typesetter(): Typesetter {
    return this.fonts
  }

  /** To stand in a page: with real text. @param name unique within the page */
  svgInPage(drawing: Drawing, name: string): string {
    return svgWithText(drawing, name)
  }

  /** To keep or print: outlines only, so that it needs no font. Nothing in it can do anything. */
  svg(drawing: Drawing): string {
    return svgWithOutlines(drawing, this.fonts.pen)
  }

  /** @param width in dots @throws HttpException 429 when too many wait */
  png(drawing: Drawing, width: number): Promise<Buffer> {
    return this.inTurn(() => pngOf(this.svg(drawing), width))
  }

  /** One tagged page with real text. @throws HttpException 429 when too many wait */
  pdf(drawing: Drawing, paper: PaperSize, madeAt: Date): Promise<Buffer> {
    const author = this.config.cooperativeName
    return this.inTurn(() => drawingPdf(drawing, { paper, author, madeAt }))
  }

  private async inTurn(work: () => Promise<Buffer>): Promise<Buffer> {
    try {
      return await this.turns.take(work)
    } catch (error) {
      throw error instanceof TooBusy ? new HttpException('Too many pictures at once', TRY_LATER) : error
    }
  }
}
