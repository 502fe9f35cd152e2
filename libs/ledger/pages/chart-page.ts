import { Inject, Injectable } from '@nestjs/common'
import {
  formErrors,
  type Language,
  Messages,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { LedgerAccounts } from '../ledger-accounts.service.js'
import { isResult } from '../rules/trial-balance.js'
import { LedgerWords, VIEWS } from './ledger-words.js'

/** The chart of accounts. */
@Injectable()
export class ChartPage {
  constructor(
    @Inject(LedgerAccounts) private readonly accounts: LedgerAccounts,
    @Inject(LedgerWords) private readonly words: LedgerWords,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async show(lang: Language, visitor: Visitor, refused?: RefusedForm): Promise<Page> {
    const text = (key: string) => this.words.say(lang, key)
    const kindOf = (code: string, side: string) =>
      text(isResult(code) ? (side === 'credit' ? 'kind.income' : 'kind.costs') : `kind.balance.${side}`)
    const model = {
      title: text('chart.title'),
      columns: [
        { label: text('label.account') },
        { label: text('label.code') },
        { label: text('label.kind') },
      ],
      rows: (await this.accounts.all()).map(({ code, name, side }) => [
        { value: name, href: `/grootboek/rekeningen/${code}` },
        code,
        kindOf(code, side),
      ]),
      mayAdd: visitor.has('controller'),
      sides: (['debit', 'credit'] as const).map((side) => ({
        value: side,
        label: text(`chart.side.${side}`),
      })),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/chart.hbs`, model, refused ? 422 : 200)
  }
}
