import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common'
import { Members } from '#members'
import { Clock, CurrentVisit, type Language, Messages, type Page, page, type Visit } from '#platform'
import { GUARANTEE_STAFF } from '../certificates/guarantee-certificates.service.js'
import { type MadeStatement, YearStatements } from '../certificates/year-statements.service.js'
import { balanceRows, certificateText, movementTable } from './shown-certificate.js'

/** What the guarantee of a member did in a year. */
@Controller('garanties/jaaroverzicht/:jaar')
export class StatementController {
  constructor(
    @Inject(YearStatements) private readonly statements: YearStatements,
    @Inject(Members) private readonly members: Members,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The own members' statements; for staff everyone's. */
  @Get()
  async show(@CurrentVisit() { lang, visitor }: Visit, @Param('jaar') typed: string): Promise<Page> {
    const thisYear = Number(this.clock.today().slice(0, 4))
    const year = /^[1-9]\d{3}$/.test(typed) ? Number(typed) : thisYear + 1
    const years = await this.statements.years()
    if (year > thisYear || (year < thisYear - 1 && !years.includes(year))) throw new NotFoundException()
    const text = this.messages.under(lang, 'guarantees.statement')
    const whose = visitor.has(...GUARANTEE_STAFF) ? {} : { memberIds: visitor.scopesOf('delegate') }
    const made = await this.statements.read({ ...whose, year })
    const numbers = new Map(
      (await this.members.asOf(this.clock.today())).map(({ id, number }) => [id, number]),
    )
    return page('libs/guarantees/pages/views/statement.hbs', {
      title: text('title', { year }),
      empty: text(year === thisYear ? 'notYet' : 'none', { year, next: year + 1 }),
      statements: made
        .sort((a, b) => (numbers.get(a.memberId) ?? 0) - (numbers.get(b.memberId) ?? 0))
        .map((one) => this.shown(lang, one)),
      otherYears: years
        .filter((one) => one !== year)
        .map((one) => ({ href: `/garanties/jaaroverzicht/${one}`, label: text('title', { year: one }) })),
    })
  }

  private shown(lang: Language, { content, year, certificateId, madeAt }: MadeStatement) {
    const text = this.messages.under(lang, 'guarantees.statement')
    if (!content) return { name: text('erased'), erased: true }
    const words = certificateText(this.messages, lang)
    const { member, opening, closing, movements } = content
    return {
      name: member.name,
      ...{ madeAt, movements: movementTable(this.messages, lang, movements) },
      balance: {
        columns: [
          { label: text('what') },
          { label: text('opening', { year }), kind: 'money' },
          { label: text('closing', { year }), kind: 'money' },
        ],
        rows: balanceRows(words, opening, closing),
      },
      href: certificateId && `/garanties/certificaten/${certificateId}`,
    }
  }
}
