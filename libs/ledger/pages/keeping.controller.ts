import { Readable } from 'node:stream'
import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { isDay, RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  Download,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { AuditFile } from '../audit-file.service.js'
import { LedgerCheck } from '../ledger-check.service.js'
import { LedgerPeriods } from '../ledger-periods.service.js'
import { KeepingPages } from './keeping-pages.js'
import { LedgerWords } from './ledger-words.js'

/** Closing periods, checking the ledger, and the audit file. */
@Controller('grootboek')
export class KeepingController {
  constructor(
    @Inject(KeepingPages) private readonly pages: KeepingPages,
    @Inject(LedgerPeriods) private readonly periods: LedgerPeriods,
    @Inject(LedgerCheck) private readonly check: LedgerCheck,
    @Inject(AuditFile) private readonly auditFile: AuditFile,
    @Inject(LedgerWords) private readonly words: LedgerWords,
  ) {}

  @Get('perioden')
  showPeriods(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.pages.periods(lang, visitor)
  }

  /** Closes the period that was chosen, for good. A repeat changes nothing. */
  @Post('perioden')
  close(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { lengte = '', akkoord } = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.periods(lang, visitor, refused)
    return answerForm(body, again, async () => {
      const [length, lastDay] = lengte.split(':')
      if ((length !== 'month' && length !== 'quarter') || !isDay(lastDay))
        throw RuleViolated.of('ledger.choosePeriod', {}, 'lengte')
      if (akkoord !== 'ja') throw RuleViolated.of('ledger.consentNeeded', {}, 'akkoord')
      await this.periods.close(visitor, lastDay, length)
      return seeOther('/grootboek/perioden')
    })
  }

  @Get('controle')
  showCheck(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.pages.check(lang, visitor)
  }

  /** Checks everything now. A repeat checks again. */
  @Post('controle')
  async checkNow(@CurrentVisitor() visitor: Visitor): Promise<SeeOther> {
    await this.check.checkAndKeep(visitor.personId)
    return seeOther('/grootboek/controle')
  }

  /** The audit file of a year (XAF 3.2), sent as it is written. */
  @Get(':jaar/xaf')
  async audit(@Param('jaar') typed: string): Promise<Download> {
    const year = this.words.year(typed)
    const parts = await this.auditFile.write(year)
    if (!parts) throw new NotFoundException()
    return new Download(`auditfile-${year}.xaf`, 'application/xml; charset=utf-8', Readable.from(parts))
  }
}
