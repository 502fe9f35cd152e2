import { randomUUID } from 'node:crypto'
import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { groupedIban } from '#members'
import {
  answerForm,
  CurrentVisit,
  CurrentVisitor,
  formErrors,
  isId,
  type Language,
  moment,
  type Page,
  page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
  type Visitor,
} from '#platform'
import { Payees, type ShownAccount } from '../payees.service.js'
import { approvers } from '../rules/approval.js'
import { ibanOnOneLine, PaymentWords, VIEWS } from './payment-words.js'

/** The bank accounts of who is no member. */
@Controller('betalingen/rekeningen')
export class PayeesController {
  constructor(
    @Inject(PaymentWords) private readonly words: PaymentWords,
    @Inject(Payees) private readonly payees: Payees,
  ) {}

  @Get()
  list(@CurrentVisit() visit: Visit): Promise<Page> {
    return this.show(visit)
  }

  /** Enters an account, for another person to confirm. A repeat of the form adds nothing. */
  @Post()
  enter(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const { begunstigde = '', naam = '', iban = '', straat = '', huisnummer = '', postcode = '' } = typed
    const { plaats = '', land = '', bron = '', sleutel = '' } = typed
    return answerForm(
      body,
      (refused) => this.show(visit, refused),
      async () => {
        if (!isId(sleutel)) throw RuleViolated.of('form.invalid', {}, 'begunstigde')
        await this.payees.enter(visit.visitor, {
          ...{ payeeId: begunstigde, name: naam, iban, street: straat, buildingNumber: huisnummer },
          ...{ postalCode: postcode, town: plaats, country: land, source: bron, requestKey: sleutel },
        })
        return seeOther('/betalingen/rekeningen')
      },
    )
  }

  /** Confirms or refuses an account that another person entered. A repeat changes nothing. */
  @Post(':id/antwoord')
  async answer(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { antwoord } = typedFields(body)
    await this.payees.answer(visitor, id, antwoord === 'ja' ? 'confirmed' : 'refused', '')
    return seeOther('/betalingen/rekeningen')
  }

  private async show({ lang, visitor }: Visit, refused?: RefusedForm): Promise<Page> {
    const accounts = await this.payees.all()
    const choices = (await this.payees.choices()).map(({ id, name }) => ({ value: id, label: name }))
    const isWaiting = ({ answer }: ShownAccount) => answer === null
    const mayAnswer = visitor.has(...approvers)
    return page(
      `${VIEWS}/payees.hbs`,
      {
        title: this.words.say(lang, 'payees.title'),
        waiting: accounts.filter(isWaiting).map((account) => ({
          ...{ id: account.id, name: account.payeeName, facts: this.facts(lang, account) },
          mayAnswer: mayAnswer && account.enteredBy !== visitor.personId,
        })),
        ...this.table(
          lang,
          accounts.filter((account) => !isWaiting(account)),
        ),
        ...{ mayEnter: visitor.has('controller'), choices, key: randomUUID(), country: 'NL' },
        typed: refused?.typed ?? null,
        errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
      },
      refused ? 422 : 200,
    )
  }

  private facts(lang: Language, account: ShownAccount) {
    const fact = (key: string, value: string) => ({ label: this.words.say(lang, `payees.${key}`), value })
    return [
      fact('accountName', account.name),
      fact('iban', groupedIban(account.iban)),
      fact('address', addressOf(account) || this.words.say(lang, 'payees.noAddress')),
      fact('source', account.source),
      fact('entered', `${account.enteredByName}, ${moment(lang, account.enteredAt)}`),
    ]
  }

  private table(lang: Language, accounts: readonly ShownAccount[]) {
    const label = (key: string) => ({ label: this.words.say(lang, `payees.${key}`) })
    const current = new Set<string>()
    return {
      columns: [
        label('payee'),
        label('iban'),
        label('entered'),
        label('answered'),
        { label: this.words.say(lang, 'label.state') },
      ],
      rows: accounts
        .toSorted((a, b) => b.answeredAt!.getTime() - a.answeredAt!.getTime())
        .map((account) => [
          { value: account.payeeName, note: [account.name, addressOf(account)].filter(Boolean).join(', ') },
          ibanOnOneLine(account.iban),
          `${account.enteredByName}, ${moment(lang, account.enteredAt)}`,
          `${account.answeredByName}, ${moment(lang, account.answeredAt!)}`,
          this.standing(lang, account, current),
        ]),
    }
  }

  /** The last one that was confirmed holds; `current` gathers the payees that have theirs. */
  private standing(lang: Language, { answer, payeeId }: ShownAccount, current: Set<string>) {
    const holds = answer === 'confirmed' && !current.has(payeeId)
    if (holds) current.add(payeeId)
    const state = answer === 'refused' ? 'refused' : holds ? 'holds' : 'replaced'
    const tone = { refused: 'bad', holds: 'good', replaced: 'neutral' }[state]
    return { value: this.words.say(lang, `payees.state.${state}`), tone }
  }
}

/** Empty when no more than the country is known. */
function addressOf({ street, buildingNumber, postalCode, town, country }: ShownAccount): string {
  const parts = [
    [street, buildingNumber],
    [postalCode, town],
  ].map((words) => words.filter(Boolean).join(' '))
  const known = parts.filter(Boolean)
  return known.length === 0 ? '' : [...known, country].join(', ')
}
