import type { Cents, Quarter } from '#kernel'
import { type Language, longDay, type Messages } from '#platform'
import type { Goal, PublicResults } from './rules/results.js'
import type { CountedKind, ShownValue } from './rules/small-counts.js'

/** The texts and figures of the results in one language. */
export class Words {
  private readonly figures: Intl.NumberFormat

  constructor(
    private readonly messages: Messages,
    readonly lang: Language,
  ) {
    this.figures = new Intl.NumberFormat(lang === 'nl' ? 'nl-NL' : 'en-GB')
  }

  /** `text('goal.reached')` is `public-results.goal.reached`. */
  text(key: string, values: Record<string, unknown> = {}): string {
    return this.messages.text(this.lang, `public-results.${key}`, values)
  }

  /** Whole euros, rounded to the nearest: "€ 94.120". */
  euros(cents: Cents): string {
    const half = cents < 0n ? -50n : 50n
    return `€\u00a0${this.figures.format((cents + half) / 100n)}`
  }

  /** "1,6" for `"1.6"`. */
  decimal(digits: string): string {
    return this.lang === 'nl' ? digits.replace('.', ',') : digits
  }

  quarter({ number, year }: Quarter): string {
    return this.text('quarter', { number: String(number), year: String(year) })
  }

  /** "1 januari tot en met 30 september 2019". */
  period(quarter: Quarter): string {
    return this.text('period', { until: longDay(this.lang, quarter.lastDay()) })
  }

  /** A stored value as people read it: `"7.5"` → "7,5", `"12/20"` → "12 van 20", `"yes"` → "ja". */
  value(kind: CountedKind, value: string): string {
    switch (kind) {
      case 'count':
      case 'unique':
        return this.figures.format(BigInt(value))
      case 'percentage':
        return `${this.decimal(value)}%`
      case 'grade':
        return this.decimal(value)
      case 'nOfM': {
        const [n = '', m = ''] = value.split('/')
        return this.text('nOfM', { n, m })
      }
      case 'yesNo':
        return this.text(value === 'yes' ? 'yes' : 'no')
    }
  }

  /** What the public may see of a value: "615", "minder dan 5", "ten minste 16 van 20". */
  shown(kind: CountedKind, shown: ShownValue): string {
    if (shown.kind === 'exact') return this.value(kind, shown.value)
    if (shown.kind === 'untold') return this.text('untold', { m: String(shown.of) })
    const least = shown.kind === 'atLeast' ? shown.least : shown.limit
    const name = shown.kind === 'atLeast' ? 'atLeast' : 'under'
    return shown.of === null
      ? this.text(name, { limit: String(least) })
      : this.text(`${name}Of`, { limit: String(least), m: String(shown.of) })
  }

  /** What was aimed at: "600 mensen", "ten hoogste 10 weken", "12 van 15 initiatieven", "ja". */
  target({ kind, unit, target, better }: Goal): string {
    const value = this.value(kind, target)
    const withUnit = unit && kind !== 'yesNo' && kind !== 'percentage' ? `${value} ${unit}` : value
    return better === 'lower' && kind !== 'yesNo' ? this.text('atMost', { value: withUnit }) : withUnit
  }

  outcome({ outcome, better, kind }: Goal): string {
    const lower = better === 'lower' && kind !== 'yesNo' && (outcome === 'notYet' || outcome === 'missed')
    return this.text(`outcome.${outcome}${lower ? 'Lower' : ''}`)
  }

  /** "4 van de 5 doelen zijn gehaald". */
  tally({ tally, goals, quarter }: PublicResults): string {
    const { reached, judged } = tally
    const all = goals.length
    return this.text(`tally.${tallyKey(reached, judged, all, quarter)}`, { reached, all, rest: all - judged })
  }

  /** What was spent and what may be, for sentences. */
  amounts({ actualCents, budgetCents, quarter }: PublicResults) {
    return { actual: this.euros(actualCents), budget: this.euros(budgetCents), year: String(quarter.year) }
  }

  /** The results in two sentences, for who can't see the drawing. */
  summary(results: PublicResults): string {
    const money = this.text('money.sentence', this.amounts(results))
    return `${this.tally(results)}. ${money} ${this.text('infographic.below')}`
  }

  volunteers({ people }: Pick<PublicResults, 'people'>): string {
    return this.shown('unique', people.volunteers)
  }
}

function tallyKey(reached: number, judged: number, all: number, { number }: Quarter): string {
  if (judged === 0) return 'none'
  if (judged < all) return 'part'
  return reached === all ? 'all' : number === 4 ? 'some' : 'soFar'
}
