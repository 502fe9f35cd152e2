import { Inject, Injectable } from '@nestjs/common'
import { Documents, type Fact } from '#documents'
import { formatCents } from '#kernel'
import { type Language, longDay, Messages } from '#platform'
import type { Payable } from './payables.service.js'
import { maskedIban } from './rules/account.js'

/** What somebody is paid, on paper: how much, how it was computed, by which decision, and whether it was paid. */
@Injectable()
export class PaymentStatements {
  constructor(
    @Inject(Documents) private readonly documents: Documents,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The same payable in the same state is the same file. */
  async pdf(lang: Language, payable: Payable, ofState: Date): Promise<Buffer> {
    const { payeeName, reference, description, explanation } = payable
    const say = (key: string, values?: Record<string, string>) =>
      this.messages.text(lang, `payments.statement.${key}`, values)
    return this.documents.pdf({
      title: say('title', { name: payeeName }),
      subtitle: description,
      ...{ lang, footer: reference, madeAt: ofState },
      blocks: [
        { kind: 'facts', facts: this.facts(lang, payable, say) },
        ...(explanation
          ? ([
              { kind: 'heading', text: say('computation'), level: 2 },
              { kind: 'paragraph', text: explanation },
            ] as const)
          : []),
        { kind: 'paragraph', text: say('note'), soft: true },
      ],
    })
  }

  private facts(
    lang: Language,
    { cents, reference, decisionNumber, document, paidOn, last, state }: Payable,
    say: (key: string, values?: Record<string, string>) => string,
  ): Fact[] {
    const paid = paidOn && last
    return [
      { label: say('amount'), value: formatCents(cents) },
      { label: say('reference'), value: reference },
      ...(decisionNumber ? [{ label: say('decision'), value: decisionNumber }] : []),
      { label: say('document'), value: document },
      { label: say('state'), value: this.messages.text(lang, `payments.state.${state}`) },
      ...(paid
        ? [
            { label: say('paidOn'), value: longDay(lang, paidOn) },
            { label: say('iban'), value: maskedIban(last.iban) },
            { label: say('endToEndId'), value: last.endToEndId },
          ]
        : []),
    ]
  }
}
