import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Guarantees, type SubsidyYear } from '#guarantees'
import type { Day } from '#kernel'
import { Clock, formErrors, type Language, Messages, type Page, page } from '#platform'
import { RiskOverview, type RiskOverviewOnDay } from '../risk-overview.service.js'
import { FIELD, lineChart } from '../rules/line-chart.js'
import { concentrationList, coverComputation, coverFigures, coverGauge, holderTable } from './cover-model.js'
import { forecastModel, noForecast } from './forecast-model.js'
import { inShort, otherDay } from './in-short.js'
import { callsModel, comingUp, marginModel } from './outlook-model.js'
import { type OverviewQuery, type OverviewQuestion, readQuestion } from './overview-question.js'
import { OverviewWords } from './overview-words.js'
import { whatIfModel } from './what-if-model.js'

const VIEWS = 'libs/risk-overview/pages/views'

/** What was asked, with the overview that answers it; null while no year is recorded. */
export interface Asked {
  words: OverviewWords
  question: OverviewQuestion
  years: SubsidyYear[]
  overview: RiskOverviewOnDay | null
}

/** Builds the page /garanties/overzicht. */
@Injectable()
export class OverviewPage {
  constructor(
    @Inject(RiskOverview) private readonly riskOverview: RiskOverview,
    @Inject(Guarantees) private readonly guarantees: Guarantees,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws NotFoundException when the year asked for is no subsidy year */
  async ask(lang: Language, query: OverviewQuery): Promise<Asked> {
    const words = new OverviewWords(this.messages, lang)
    const question = readQuestion(query)
    const years = await this.guarantees.years()
    const day = question.day ?? this.clock.today()
    const chosen = choose(years, question.year, day)
    const overview = chosen && (await this.riskOverview.of(chosen, day))
    return { words, question, years, overview: overview ?? null }
  }

  /** @throws NotFoundException when the year asked for is no subsidy year */
  async show(lang: Language, query: OverviewQuery): Promise<Page> {
    const { words, question, years, overview } = await this.ask(lang, query)
    const crumbs = [{ href: '/garanties', label: words.say('guarantees') }]
    if (!overview) return page(`${VIEWS}/no-year.hbs`, { title: words.say('title'), crumbs })
    const { year } = overview.guarantees.year
    const { pledgedCents, requiredCents } = overview.guarantees.coverage
    const forecast = forecastModel(words, overview)
    const covered = { pledged: words.amount(pledgedCents), required: words.amount(requiredCents) }
    return page(`${VIEWS}/overview.hbs`, {
      title: words.say('heading', covered),
      scripts: ['what-if.js'],
      ...{ crumbs, year, shownDay: overview.day, wrongDay: question.wrongDay },
      preTitle: words.say('pre', { year: String(year), day: words.day(overview.day) }),
      otherDay: otherDay(words, overview),
      short: inShort(words, overview, forecast && !forecast.nothing ? forecast.sentence : null),
      gauge: coverGauge(words, overview),
      figures: coverFigures(words, overview),
      computed: coverComputation(words, overview),
      table: holderTable(words, overview),
      concentration: concentrationList(words, overview),
      comingUp: comingUp(words, overview),
      calls: callsModel(words, overview),
      margin: marginModel(words, overview),
      forecast,
      noForecast: noForecast(words, overview, forecast !== null),
      whatIf: whatIfModel(words, overview, question),
      history: historyModel(words, overview),
      otherYears: years.filter((one) => one.year !== year).map((one) => String(one.year)),
      downloads: downloads(words, overview, question),
      errors: formErrors(this.messages, lang, question.violation ? [fieldError(question.violation)] : []),
    })
  }
}

/** The year asked for, else the one that was under way on the day or the last one before it. */
function choose(years: readonly SubsidyYear[], asked: string | null, day: Day): SubsidyYear | undefined {
  if (asked === null) return years.find(({ year }) => year <= Number(day.slice(0, 4))) ?? years.at(-1)
  const found = years.find(({ year }) => String(year) === asked)
  if (!found) throw new NotFoundException()
  return found
}

const fieldError = ({ code, path }: { code: string; path?: string }) => ({ field: path ?? '', code })

function historyModel(words: OverviewWords, { history, guarantees }: RiskOverviewOnDay) {
  const { requiredCents } = guarantees.coverage
  const amounts = history.map(({ cents }) => cents).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const [first, last] = [history[0]!, history.at(-1)!]
  return {
    ...lineChart(history, requiredCents),
    ...FIELD,
    ...{ first: first.day, last: last.day, required: words.amount(requiredCents) },
    summary: words.say('history.summary', {
      ...{ from: words.day(first.day), through: words.day(last.day), now: words.amount(last.cents) },
      ...{ least: words.amount(amounts[0]!), most: words.amount(amounts.at(-1)!) },
      required: words.amount(requiredCents),
    }),
    columns: [
      { label: words.say('history.day'), kind: 'day' },
      { label: words.say('history.cover'), kind: 'money' },
    ],
    rows: history.map(({ day, cents }) => [day, cents]),
  }
}

/** The same question as a file. */
function downloads(words: OverviewWords, { day, guarantees }: RiskOverviewOnDay, question: OverviewQuestion) {
  const asked = new URLSearchParams({ jaar: String(guarantees.year.year), per: day })
  if (question.typedLoss !== null) asked.set('verlies', question.typedLoss)
  for (const number of question.without) asked.append('zonder', String(number))
  return ['pdf', 'xlsx', 'csv'].map((kind) => ({
    ...{
      href: `/garanties/overzicht.${kind}?${asked}`,
      label: words.say(`download.${kind}`),
      download: true,
    },
  }))
}
