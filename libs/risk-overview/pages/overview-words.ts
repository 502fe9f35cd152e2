import { shortAmount } from '#guarantees'
import { type Cents, type Day, formatCents, Quarter } from '#kernel'
import { type Language, longDay, type Messages } from '#platform'
import { tenthsOfPercent } from '../rules/share.js'

/** The words of the overview in one language, for the page, the sheets and the paper. */
export class OverviewWords {
  constructor(
    private readonly messages: Messages,
    readonly lang: Language,
  ) {}

  say(key: string, values?: Record<string, unknown>): string {
    return this.messages.text(this.lang, `risk-overview.${key}`, values)
  }

  money(cents: Cents): string {
    return formatCents(cents)
  }

  /** Without cents where there are none: for sentences. */
  amount(cents: Cents): string {
    return shortAmount(cents)
  }

  share(part: Cents, whole: Cents): string {
    const tenths = tenthsOfPercent(part, whole)
    return `${tenths / 10n}${this.lang === 'en' ? '.' : ','}${tenths % 10n}%`
  }

  day(day: Day): string {
    return longDay(this.lang, day)
  }

  /** `2019-Q4` as "vierde kwartaal". */
  quarter(name: string): string {
    return this.say(`quarter.${Quarter.parse(name).number}`)
  }

  names(list: readonly { name: string }[]): string {
    const conjunction = this.lang === 'en' ? 'en-GB' : 'nl-NL'
    return new Intl.ListFormat(conjunction).format(list.map(({ name }) => name))
  }
}
