import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { dayOf } from '#kernel'
import { groupedIban } from '#members'
import {
  Clock,
  dayInDigits,
  formErrors,
  Ids,
  isId,
  type Language,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visit,
  type Visitor,
} from '#platform'
import { BankAccounts } from '../bank-accounts.service.js'
import { BankLines } from '../lines.service.js'
import { BANK_WORKERS } from '../start-page.service.js'
import { Statements } from '../statements.service.js'
import { Suggestions } from '../suggestions.service.js'
import { BankWords, counts, VIEWS } from './bank-words.js'

const STATEMENTS_SHOWN = 30
/** More would make a page too large; they come as the first ones are placed. */
const LINES_SHOWN = 100
/** Whose form was refused. */
export type BankForm = 'statement' | 'account'

/** The bank: what is to be done with its lines, the statements and the accounts. */
@Injectable()
export class BankPages {
  constructor(
    @Inject(BankAccounts) private readonly accounts: BankAccounts,
    @Inject(BankLines) private readonly lines: BankLines,
    @Inject(Statements) private readonly statements: Statements,
    @Inject(Suggestions) private readonly likely: Suggestions,
    @Inject(BankWords) private readonly words: BankWords,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  async overview({ lang, visitor }: Visit, refused?: RefusedForm & { form: BankForm }): Promise<Page> {
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const errors = refused ? formErrors(this.words.messages, lang, refused.errors) : null
    const unfinished = await this.lines.unfinished()
    const suggestions = await this.likely.all()
    const likely = (id: string) => {
      const items = suggestions.get(id)?.items
      return items && text('list.likely', { what: items.map(({ label }) => label).join(', ') })
    }
    const table = (state: string) =>
      unfinished
        .filter((line) => line.state === state)
        .slice(0, LINES_SHOWN)
        .map((line) => this.words.row(lang, line, likely(line.id)))
    const more = unfinished.filter(({ state }) => state === 'open').length - LINES_SHOWN
    const accounts = await this.accounts.all()
    const model = {
      title: text('title'),
      mayWork: visitor.has(...BANK_WORKERS),
      ready: accounts.some(counts),
      requestKey: this.ids.next(),
      columns: this.words.columns(lang),
      open: table('open'),
      waiting: table('waiting'),
      moreOpen: more > 0 ? more : null,
      finished: (await this.lines.finished()).map((line) => this.words.row(lang, line)),
      ...(await this.statementTable(lang)),
      accounts: await this.accountList(lang, visitor, accounts),
      typed: refused?.typed ?? null,
      errors,
      statementErrors: refused?.form === 'statement' ? errors : null,
      accountErrors: refused?.form === 'account' ? errors : null,
    }
    return page(`${VIEWS}/bank.hbs`, model, errors ? 422 : 200)
  }

  async statement(lang: Language, id: string): Promise<Page> {
    const found = isId(id) ? await this.statements.find(id) : null
    if (!found) throw new NotFoundException()
    const { statement, lines } = found
    const text = (key: string, values?: Record<string, unknown>) => this.words.say(lang, key, values)
    const name = await this.words.names([statement.importedBy])
    return page(`${VIEWS}/statement.hbs`, {
      title: text('statement.title', { reference: statement.reference }),
      statement,
      iban: groupedIban(statement.iban),
      imported: text('statement.imported', {
        file: statement.fileName,
        name: name(statement.importedBy),
        when: moment(lang, statement.importedAt),
      }),
      columns: this.words.columns(lang),
      rows: lines.map((line) => this.words.row(lang, line)),
      totals: [text('statement.total'), null, statement.closingCents - statement.openingCents, null],
    })
  }

  /** The form for a line by hand. */
  async byHand(lang: Language, refused?: RefusedForm): Promise<Page> {
    const errors = refused ? formErrors(this.words.messages, lang, refused.errors) : null
    const model = {
      title: this.words.say(lang, 'byHand.title'),
      ready: (await this.accounts.own()) !== null,
      requestKey: isId(refused?.typed.verzoek) ? refused.typed.verzoek : this.ids.next(),
      directions: ['in', 'uit'].map((value) => ({ value, label: this.words.say(lang, `byHand.${value}`) })),
      today: this.clock.today(),
      typed: refused?.typed ?? null,
      errors,
    }
    return page(`${VIEWS}/by-hand.hbs`, model, errors ? 422 : 200)
  }

  private async statementTable(lang: Language) {
    const text = (key: string) => this.words.say(lang, key)
    return {
      statementColumns: [
        { label: text('label.statement') },
        { label: text('label.through'), kind: 'day' },
        { label: text('label.lines'), kind: 'number' },
        { label: text('label.closing'), kind: 'money' },
      ],
      statements: (await this.statements.latest(STATEMENTS_SHOWN)).map((one) => [
        { value: one.reference, href: `/bank/afschriften/${one.id}` },
        one.throughDay,
        one.lines,
        one.closingCents,
      ]),
    }
  }

  private async accountList(
    lang: Language,
    visitor: Visitor,
    accounts: Awaited<ReturnType<BankAccounts['all']>>,
  ) {
    const name = await this.words.names(accounts.flatMap((one) => [one.recordedBy, one.confirmedBy]))
    return accounts.map((one) => ({
      label: groupedIban(one.iban),
      value: one.name,
      note: counts(one)
        ? this.words.say(lang, 'account.confirmed', { day: dayInDigits(dayOf(one.confirmedAt!)) })
        : this.words.say(lang, 'account.waiting', { name: name(one.recordedBy) }),
      confirmPath:
        !counts(one) && visitor.has(...BANK_WORKERS) && one.recordedBy !== visitor.personId
          ? `/bank/rekeningen/${one.iban}/bevestiging`
          : null,
    }))
  }
}
