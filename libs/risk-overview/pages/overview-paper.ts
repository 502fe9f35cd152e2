import { Inject, Injectable } from '@nestjs/common'
import { Documents } from '#documents'
import type { Asked } from './overview-page.js'
import { announcedBlocks, callBlocks, coverBlocks, marginBlocks } from './paper-of-cover.js'
import { forecastBlocks, historyBlocks, whatIfBlocks } from './paper-of-outlook.js'

/** The page as a paper to hand over, in the reader's language. */
@Injectable()
export class OverviewPaper {
  constructor(@Inject(Documents) private readonly documents: Documents) {}

  make({ words, overview, question }: Asked, madeAt: Date): Promise<Buffer> {
    const year = overview ? String(overview.guarantees.year.year) : ''
    return this.documents.pdf({
      title: words.say('title'),
      subtitle: overview ? words.say('pre', { year, day: words.day(overview.day) }) : '',
      lang: words.lang,
      footer: words.say('title'),
      madeAt,
      blocks: overview
        ? [
            ...coverBlocks(words, overview),
            ...announcedBlocks(words, overview),
            ...callBlocks(words, overview),
            ...marginBlocks(words, overview),
            ...forecastBlocks(words, overview),
            ...whatIfBlocks(words, overview, question),
            ...historyBlocks(words, overview),
          ]
        : [{ kind: 'paragraph', text: words.say('noYear') }],
    })
  }
}
