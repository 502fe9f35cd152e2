import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common'
import { Lang, type Language, Messages, type Page, page } from '#platform'
import { ApprovedResults } from '../approved-results.service.js'
import { Words } from '../words.js'
import { pathOf } from './areas.controller.js'
import { resultsModel } from './results-model.js'

/** One approved quarter in plain words: results beside money and people. */
@Controller('wijken/:gebied/:kwartaal')
export class ResultsController {
  constructor(
    @Inject(ApprovedResults) private readonly approved: ApprovedResults,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async show(
    @Param('gebied') slug: string,
    @Param('kwartaal') quarter: string,
    @Lang() lang: Language,
  ): Promise<Page> {
    const found = await this.approved.find(slug, quarter)
    if (!found) throw new NotFoundException()
    const { results, sha256 } = found
    const words = new Words(this.messages, lang)
    const period = words.period(results.quarter)
    return page('libs/public-results/pages/views/results.hbs', {
      title: `${results.area.name}, ${words.quarter(results.quarter)}`,
      breadcrumbs: [
        { href: '/wijken', label: words.text('area.back') },
        { href: `/wijken/${slug}`, label: results.area.name },
      ],
      quarterName: words.quarter(results.quarter),
      areaName: results.area.name,
      intro: words.text('results.lead', { name: results.counterpartyName, period }),
      results: resultsModel(words, results),
      more: [
        { href: `${pathOf(results)}/infographic`, label: words.text('results.infographic') },
        { href: `/wijken/${slug}`, label: words.text('results.earlier') },
      ],
      mark: words.text('results.check', { hash: sha256.slice(0, 12) }),
    })
  }
}
