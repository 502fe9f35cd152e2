import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common'
import { Lang, type Language, Messages, type Page, page } from '#platform'
import { ApprovedResults } from '../approved-results.service.js'
import type { PublicResults } from '../rules/results.js'
import { Words } from '../words.js'

/** Which areas there are, and which quarters of each were approved. */
@Controller('wijken')
export class AreasWithResultsController {
  constructor(
    @Inject(ApprovedResults) private readonly approved: ApprovedResults,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async overview(@Lang() lang: Language): Promise<Page> {
    const words = new Words(this.messages, lang)
    const text = (key: string) => words.text(`overview.${key}`)
    const areas = await this.approved.areas()
    return page('libs/public-results/pages/views/overview.hbs', {
      title: text('title'),
      columns: ['area', 'latest', 'goals', 'spent'].map((key) => ({ label: text(key) })),
      rows: areas.map(({ slug, name, counterpartyName, latest }) => [
        { value: name, href: `/wijken/${slug}`, note: counterpartyName },
        ...(latest
          ? [{ value: words.quarter(latest.quarter), href: pathOf(latest) }, ...figures(words, latest)]
          : [text('nothing'), '', '']),
      ]),
      terms: ['quarter', 'goal', 'approved'].map((term) => ({
        label: text(`${term}Term`),
        value: text(`${term}Meaning`),
      })),
    })
  }

  @Get(':gebied')
  async area(@Param('gebied') slug: string, @Lang() lang: Language): Promise<Page> {
    const area = await this.approved.quartersOf(slug)
    if (!area) throw new NotFoundException()
    const words = new Words(this.messages, lang)
    const text = (key: string, values?: Record<string, unknown>) => words.text(`area.${key}`, values)
    return page('libs/public-results/pages/views/area.hbs', {
      title: area.name,
      breadcrumbs: [{ href: '/wijken', label: text('back') }],
      lead: text('lead', { name: area.counterpartyName }),
      columns: ['quarter', 'goals', 'spent', 'infographic'].map((key) => ({ label: text(key) })),
      rows: area.quarters.map((results) => [
        { value: words.quarter(results.quarter), href: pathOf(results) },
        ...figures(words, results),
        { value: text('see'), href: `${pathOf(results)}/infographic` },
      ]),
    })
  }
}

/** Goals and money, in words. */
function figures(words: Words, results: PublicResults): string[] {
  return [words.tally(results), words.text('money.of', words.amounts(results))]
}

/** Where an approved quarter stands. */
export function pathOf({ area, quarter }: Pick<PublicResults, 'area' | 'quarter'>): string {
  return `/wijken/${area.slug}/${quarter}`
}
