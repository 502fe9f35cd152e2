import { randomUUID } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import { formatCents } from '#kernel'
import { formErrors, type Language, type Page, page, type RefusedForm, type Visit } from '#platform'
import { Batches } from '../batches.service.js'
import { type Payable, Payables } from '../payables.service.js'
import type { StoredBatch } from '../store/batch.store.js'
import { ibanOnOneLine, PaymentWords, VIEWS } from './payment-words.js'

/** What is to be paid, and the batches. */
@Injectable()
export class OverviewPage {
  constructor(
    @Inject(PaymentWords) private readonly words: PaymentWords,
    @Inject(Payables) private readonly payables: Payables,
    @Inject(Batches) private readonly batches: Batches,
  ) {}

  async show({ lang, visitor }: Visit, refused?: RefusedForm & { chosen: readonly string[] }): Promise<Page> {
    const open = await this.payables.read({ open: true })
    const batches = await this.batches.all()
    const of = (state: Payable['state']) => open.filter((payable) => payable.state === state)
    const chosen = (payable: Payable) =>
      refused ? refused.chosen.includes(payable.id) : payable.state === 'ready'
    const choices = [...of('ready'), ...of('returned')].map((payable) => ({
      ...{ id: payable.id, name: payable.payeeName, reference: payable.reference, cents: payable.cents },
      ...{
        iban: ibanOnOneLine(payable.account!.iban),
        checked: chosen(payable),
        description: payable.description,
      },
      returned: payable.state === 'returned' ? payable.last!.reason : '',
    }))
    const mayMake = visitor.has('controller')
    const model = {
      ...{ title: this.words.say(lang, 'title'), mayMake, choices, key: randomUUID() },
      figures: this.figures(lang, open),
      waiting: this.waiting(lang, of('waitingForIban')),
      ...this.batchTable(lang, batches),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/overview.hbs`, model, refused ? 422 : 200)
  }

  private figures(lang: Language, open: readonly Payable[]) {
    return (['ready', 'waitingForIban', 'inBatch', 'returned'] as const).map((state) => {
      const cents = open.filter((one) => one.state === state).reduce((sum, { cents }) => sum + cents, 0n)
      return { label: this.words.say(lang, `figures.${state}`), value: formatCents(cents) }
    })
  }

  private waiting(lang: Language, payables: readonly Payable[]) {
    const label = (key: string) => this.words.say(lang, `label.${key}`)
    return {
      columns: [
        { label: label('payee') },
        { label: label('reference') },
        { label: label('amount'), kind: 'money' },
      ],
      rows: payables.map(({ payeeName, reference, cents }) => [payeeName, reference, cents]),
    }
  }

  private batchTable(lang: Language, batches: readonly StoredBatch[]) {
    const label = (key: string) => this.words.say(lang, `label.${key}`)
    return {
      batchColumns: [
        ...[{ label: label('batch') }, { label: label('payments'), kind: 'number' }],
        ...[{ label: label('amount'), kind: 'money' }, { label: label('state') }],
      ],
      batchRows: batches.map((batch) => [
        { value: batch.name, href: `/betalingen/${batch.name}` },
        ...[batch.count, batch.cents, this.words.batch(lang, batch)],
      ]),
    }
  }
}
