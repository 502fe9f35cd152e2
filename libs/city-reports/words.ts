import { formatCents } from '#kernel'
import type { Language, Messages } from '#platform'
import type { AreaJson, FigureJson } from './rules/city-figures.js'
import { roundedText } from './rules/exact.js'
import type { Period } from './rules/period.js'
import type { TextSection } from './rules/report-texts.js'
import type { MeasureKind, Standing } from './rules/stated-report.js'
import { tenthsText } from './rules/tenths.js'

/** The words of this library in one language, for pages and papers. */
export class Words {
  constructor(
    private readonly messages: Messages,
    readonly lang: Language,
  ) {}

  /** `say('title')` is `city-reports.title`. */
  say(key: string, values: Record<string, string> = {}): string {
    return this.messages.text(this.lang, `city-reports.${key}`, values)
  }

  /** "4e kwartaal 2019", "2019" */
  period({ kind, quarter, year }: Pick<Period, 'kind' | 'quarter' | 'year'>): string {
    if (kind === 'year') return String(year)
    return this.say('quarterName', { number: String(quarter.number), year: String(year) })
  }

  section(kind: Period['kind'], section: TextSection): string {
    return this.say(`section.${kind}.${section}`)
  }

  /** One wijk's value or target of an indicator; a dash for what was not given. */
  measure(kind: MeasureKind, value: string | null): string {
    if (value === null) return '–'
    if (kind === 'yesNo') return this.say(value === 'yes' ? 'figure.yes' : 'figure.no')
    if (kind === 'nOfM') {
      const [n = '', m = ''] = value.split('/')
      return this.say('figure.part', { n: this.number(n), m: this.number(m) })
    }
    return kind === 'count' || kind === 'unique' ? this.number(value) : this.decimal(kind, value)
  }

  /** The figure of several wijken; a dash when none gave a value. */
  figure(kind: MeasureKind, figure: FigureJson | null): string {
    if (figure === null) return '–'
    switch (figure.form) {
      case 'sum':
        return this.number(figure.sum)
      case 'between':
        return figure.least === figure.most
          ? this.number(figure.least)
          : this.say('figure.between', { least: this.number(figure.least), most: this.number(figure.most) })
      case 'part':
        return this.say('figure.part', { n: this.number(figure.n), m: this.number(figure.m) })
      case 'yes':
        return this.say('figure.yesOf', { n: figure.n, m: figure.m })
      case 'mean':
        return this.decimal(kind, roundedText({ num: BigInt(figure.num), den: BigInt(figure.den) }, 1))
    }
  }

  /** By how many of the wijken that gave a value the target was reached; a dash when none gave one. */
  reached({ reached, given }: { reached: number; given: number }): string {
    return given > 0 ? this.say('reached', { reached: String(reached), given: String(given) }) : '–'
  }

  /** "28,5%" */
  percent(tenths: number): string {
    return this.decimal('percentage', tenthsText(tenths))
  }

  /** "1,6" */
  decimal(kind: MeasureKind | 'plain', text: string): string {
    const local = this.lang === 'nl' ? text.replace('.', ',') : text
    return kind === 'percentage' ? `${local}%` : local
  }

  number(digits: string): string {
    return new Intl.NumberFormat(this.lang === 'nl' ? 'nl-NL' : 'en-GB').format(BigInt(digits))
  }

  standing(standing: Standing): string {
    return this.say(`standing.${standing}`)
  }

  /** "Oost, Overvecht"; empty without any. */
  names(areas: readonly AreaJson[], ...standings: Standing[]): string {
    return areas
      .filter(({ standing }) => standings.includes(standing))
      .map(({ name }) => name)
      .join(', ')
  }

  /** Strings of cents as an amount, for texts. */
  money(cents: string): string {
    return formatCents(BigInt(cents))
  }
}
