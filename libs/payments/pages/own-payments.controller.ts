import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common'
import { formatCents } from '#kernel'
import {
  CurrentVisit,
  Download,
  isId,
  type Language,
  longDay,
  type Page,
  page,
  type Visit,
  type Visitor,
} from '#platform'
import { type Payable, Payables } from '../payables.service.js'
import { PAYMENT_READERS } from '../payments.permissions.js'
import { maskedIban } from '../rules/account.js'
import { PaymentStatements } from '../statements.service.js'
import { PaymentWords, VIEWS } from './payment-words.js'

/** What an organisation is paid, for its delegates and treasurers. */
@Controller('betalingen')
export class OwnPaymentsController {
  constructor(
    @Inject(PaymentWords) private readonly words: PaymentWords,
    @Inject(Payables) private readonly payables: Payables,
    @Inject(PaymentStatements) private readonly statements: PaymentStatements,
  ) {}

  @Get('mijn')
  async mine(@CurrentVisit() { lang, visitor }: Visit): Promise<Page> {
    const payables = await this.payables.ofVisitor(visitor)
    const several = new Set(payables.map(({ payeeName }) => payeeName)).size > 1
    return page(`${VIEWS}/mine.hbs`, {
      title: this.words.say(lang, 'mine.title'),
      payables: payables.map((payable) => ({
        ...{ heading: payable.description, id: payable.id, explanation: payable.explanation },
        state: this.words.payable(lang, payable.state),
        facts: this.facts(lang, payable, several),
        waits:
          payable.payeeMemberId !== null &&
          (payable.state === 'waitingForIban' || payable.state === 'returned'),
      })),
    })
  }

  /** @throws NotFoundException for who may not see it, as if it were not there */
  @Get('posten/:id/specificatie.pdf')
  async statement(@CurrentVisit() { lang, visitor }: Visit, @Param('id') id: string): Promise<Download> {
    const [payable] = isId(id) ? await this.payables.read({ ids: [id] }) : []
    if (!payable || !maySee(visitor, payable)) throw new NotFoundException()
    const ofState = payable.paidOn ? new Date(`${payable.paidOn}T12:00:00Z`) : payable.addedAt
    const pdf = await this.statements.pdf(lang, payable, ofState)
    return new Download(`specificatie-${payable.reference}.pdf`, 'application/pdf', pdf)
  }

  private facts(lang: Language, { cents, reference, paidOn, last, payeeName }: Payable, several: boolean) {
    const label = (key: string) => this.words.say(lang, `statement.${key}`)
    return [
      { label: label('amount'), value: formatCents(cents) },
      { label: label('reference'), value: reference },
      ...(several ? [{ label: this.words.say(lang, 'label.payee'), value: payeeName }] : []),
      ...(paidOn && last
        ? [
            { label: label('paidOn'), value: longDay(lang, paidOn) },
            { label: label('iban'), value: maskedIban(last.iban) },
          ]
        : []),
      ...(last?.ended === 'returned'
        ? [{ label: this.words.say(lang, 'mine.returned'), value: last.reason }]
        : []),
    ]
  }
}

function maySee(visitor: Visitor, { payeeMemberId, payeeId }: Payable): boolean {
  const isDelegate = payeeMemberId !== null && visitor.hasFor('delegate', payeeMemberId)
  const isTreasurer = payeeId !== null && visitor.hasFor('treasurer', payeeId)
  return isDelegate || isTreasurer || visitor.has(...PAYMENT_READERS)
}
