import { Inject, Injectable } from '@nestjs/common'
import type { Cents } from '#kernel'
import { type Language, type Page, page, type Visitor } from '#platform'
import { DistrictAccounts } from '../district-accounts.service.js'
import type { WijkYear } from '../wijk-year.js'
import { DistrictWords, pathOf, VIEWS } from './district-words.js'

/** All wijken of a year: what was paid ahead, what was spent, and what is between them. */
@Injectable()
export class WijkenPage {
  constructor(
    @Inject(DistrictAccounts) private readonly accounts: DistrictAccounts,
    @Inject(DistrictWords) private readonly words: DistrictWords,
  ) {}

  async show(lang: Language, visitor: Visitor, typedYear: string | undefined): Promise<Page> {
    const say = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const years = await this.accounts.years()
    const year = years.find((one) => String(one) === typedYear) ?? years[0] ?? 0
    const all = await this.accounts.all(year, visitor)
    const sum = (of: (one: WijkYear) => Cents) => all.reduce((total, one) => total + of(one), 0n)
    return page(`${VIEWS}/wijken.hbs`, {
      title: say('list.title', { year: String(year) }),
      years: years
        .filter((one) => one !== year)
        .map((one) => ({ href: `/wijkadministratie?jaar=${one}`, label: String(one) })),
      columns: [
        { label: say('label.area') },
        ...(['budget', 'paid', 'spent', 'balance'] as const).map((key) => ({
          ...{ label: say(`label.${key}`), kind: 'money' },
        })),
        { label: say('label.settlement') },
      ],
      rows: all.map((one) => [
        { value: one.agreement.areaName, href: pathOf(one), note: one.agreement.counterparty.name },
        ...[one.budgetCents, one.paidCents, one.spentCents, one.balanceCents],
        this.words.settlement(lang, one),
      ]),
      totals: [
        say('label.together'),
        sum(({ budgetCents }) => budgetCents),
        sum(({ paidCents }) => paidCents),
        sum(({ spentCents }) => spentCents),
        sum(({ balanceCents }) => balanceCents),
        null,
      ],
    })
  }
}
