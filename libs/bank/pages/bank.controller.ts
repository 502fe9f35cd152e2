import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated, tryParseCents } from '#kernel'
import {
  answerForm,
  CurrentVisit,
  CurrentVisitor,
  isId,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visit,
  type Visitor,
} from '#platform'
import { BankAccounts } from '../bank-accounts.service.js'
import { BankLines } from '../lines.service.js'
import { Statements } from '../statements.service.js'
import { BankPages } from './bank-pages.js'
import { linePath } from './bank-words.js'

const MOST_BYTES = 10 * 1024 * 1024

/** The bank: handing in statements, lines by hand, and the accounts. */
@Controller('bank')
export class BankController {
  constructor(
    @Inject(BankPages) private readonly pages: BankPages,
    @Inject(Statements) private readonly statements: Statements,
    @Inject(BankLines) private readonly lines: BankLines,
    @Inject(BankAccounts) private readonly accounts: BankAccounts,
  ) {}

  @Get()
  show(@CurrentVisit() visit: Visit): Promise<Page> {
    return this.pages.overview(visit)
  }

  /** Reads a file with statements, entirely or not at all. A repeat (same request key) leads to the same statement. */
  @Post('afschriften')
  @TakesFiles({ maxFiles: 1, maxFileBytes: MOST_BYTES })
  import(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    return answerForm(
      body,
      (refused) => this.pages.overview(visit, { ...refused, form: 'statement' }),
      async () => {
        const [file] = uploadsOf(body, 'bestand')
        if (!file) throw RuleViolated.of('bank.fileNeeded', {}, 'bestand')
        if (file.tooLarge) throw RuleViolated.of('xml.tooManyBytes', { limit: '10' }, 'bestand')
        const requestKey = requestKeyOf(body, 'bestand')
        const { statementId } = await this.statements.import(visit.visitor, file, requestKey)
        return seeOther(`/bank/afschriften/${statementId}`)
      },
      'bestand',
    )
  }

  @Get('afschriften/:id')
  statement(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    return this.pages.statement(lang, id)
  }

  @Get('regels/nieuw')
  byHand(@Lang() lang: Language): Promise<Page> {
    return this.pages.byHand(lang)
  }

  /** Enters a line by hand. A repeat (same request key) leads to the same line. */
  @Post('regels')
  enter(@CurrentVisit() { lang, visitor }: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    return answerForm(
      body,
      (refused) => this.pages.byHand(lang, refused),
      async () => {
        const { dag = '', bedrag = '', richting, naam = '', iban = '', omschrijving = '' } = typedFields(body)
        if (richting !== 'in' && richting !== 'uit')
          throw RuleViolated.of('bank.directionNeeded', {}, 'richting')
        const size = tryParseCents(bedrag) ?? 0n
        const { id } = await this.lines.enter(visitor, {
          ...{ bookedOn: dag, counterpartyName: naam, counterpartyIban: iban, description: omschrijving },
          cents: size <= 0n ? 0n : richting === 'in' ? size : -size,
          requestKey: requestKeyOf(body, 'dag'),
        })
        return seeOther(linePath(id))
      },
    )
  }

  /** Records an account of the cooperative, for another person to confirm. The same again changes nothing. */
  @Post('rekeningen')
  account(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    return answerForm(
      body,
      (refused) => this.pages.overview(visit, { ...refused, form: 'account' }),
      async () => {
        const { iban = '', naam = '' } = typedFields(body)
        await this.accounts.record(visit.visitor, { iban, name: naam })
        return seeOther('/bank')
      },
    )
  }

  /** Confirms an account that another person recorded. A repeat changes nothing. */
  @Post('rekeningen/:iban/bevestiging')
  async confirmAccount(@CurrentVisitor() visitor: Visitor, @Param('iban') iban: string): Promise<SeeOther> {
    await this.accounts.confirm(visitor, iban)
    return seeOther('/bank')
  }
}

/** @throws RuleViolated `bank.staleForm` */
export function requestKeyOf(body: unknown, field?: string): string {
  const { verzoek } = typedFields(body)
  if (!isId(verzoek)) throw RuleViolated.of('bank.staleForm', {}, field)
  return verzoek
}
