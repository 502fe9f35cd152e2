import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common'
import { Areas } from '#areas'
import { Lang, type Language, Messages, type Page, page } from '#platform'
import { CityReports } from '../city-reports.service.js'
import { RollUps } from '../roll-ups.service.js'
import { readPeriod } from '../rules/period.js'
import { Words } from '../words.js'
import { figuresModel } from './figures-model.js'

const VIEWS = 'libs/city-reports/pages/views'

/** What all wijken reported, put together: a list of quarters, and one quarter for the city or an administrative wijk. */
@Controller('verantwoording/stad')
export class CityController {
  constructor(
    @Inject(RollUps) private readonly rollUps: RollUps,
    @Inject(CityReports) private readonly reports: CityReports,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async quarters(@Lang() lang: Language): Promise<Page> {
    const words = new Words(this.messages, lang)
    const quarters = await this.rollUps.quarters()
    const final = await this.reports.final()
    const money = (label: string) => ({ label: words.say(`column.${label}`), kind: 'money' })
    return page(`${VIEWS}/quarters.hbs`, {
      title: words.say('quarters.title'),
      crumbs: [overview(words)],
      columns: [
        { label: words.say('column.period') },
        { label: words.say('column.reports'), kind: 'figure' },
        ...['budget', 'actual', 'forecast'].map(money),
        { label: words.say('column.report') },
      ],
      rows: quarters.map(({ quarter, expected, reports, budgetCents, actualCents, forecastCents }) => [
        {
          value: words.period({ kind: 'quarter', quarter, year: quarter.year }),
          href: `/verantwoording/stad/${quarter}`,
        },
        words.say('reportsOf', { reports: String(reports), expected: String(expected) }),
        ...(reports > 0 ? [budgetCents, actualCents, forecastCents] : ['', '', '']),
        {
          value: words.say(final.has(quarter.toString()) ? 'state.final' : 'state.none'),
          href: `/verantwoording/stad/${quarter}/rapport`,
        },
      ]),
      related: [
        { href: '/jaardocument', label: words.say('years.title') },
        { href: '/verantwoording/effecten', label: words.say('effects.title') },
      ],
    })
  }

  /** `?wijk=` the short name of an administrative wijk; without it the whole city. */
  @Get(':kwartaal')
  async quarter(
    @Lang() lang: Language,
    @Param('kwartaal') name: string,
    @Query('wijk') asked?: string,
  ): Promise<Page> {
    const period = readPeriod(name)
    const district = typeof asked === 'string' && asked !== '' ? asked : undefined
    const figures = period?.kind === 'quarter' ? await this.rollUps.of(period.quarter, { district }) : null
    if (!period || !figures) throw new NotFoundException()
    const words = new Words(this.messages, lang)
    const districts = await this.areas.accountingDistricts()
    const where = districts.find(({ slug }) => slug === district)?.name ?? words.say('wholeCity')
    const cityHeading = words.say('city.heading', { period: words.period(period), where })
    const { expected, missing } = figures.counts
    return page(`${VIEWS}/city.hbs`, {
      title: cityHeading,
      cityHeading,
      leadText: words.say('city.lead', { reports: String(expected - missing), expected: String(expected) }),
      crumbs: [overview(words), { href: '/verantwoording/stad', label: words.say('quarters.title') }],
      cityPath: `/verantwoording/stad/${name}`,
      district: district ?? '',
      districts: [
        { value: '', label: words.say('wholeCity') },
        ...districts.map(({ slug, name: label }) => ({ value: slug, label })),
      ],
      figures: figuresModel(words, figures, name),
      related: [{ href: `/verantwoording/stad/${name}/rapport`, label: words.say('toReport') }],
    })
  }
}

function overview(words: Words) {
  return { href: '/verantwoording', label: words.say('overview') }
}
