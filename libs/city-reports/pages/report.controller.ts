import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  Download,
  formErrors,
  Lang,
  type Language,
  Messages,
  type Page,
  type SeeOther,
  SignedInFreshly,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { pathOfReport } from '../city-report-notices.js'
import { CityReportPaper } from '../city-report-paper.js'
import { CityReports } from '../city-reports.service.js'
import { CityReportOffering, fileName } from '../offering.service.js'
import { type Period, readPeriod } from '../rules/period.js'
import type { CityVersion } from '../store/city-reports.store.js'
import { CityReportWriting } from '../writing.service.js'
import { CityReportPages } from './report-pages.js'

/** A report of the city cooperative: reading it, writing it, making it final, and putting it on an agenda. */
abstract class ReportController {
  protected abstract readonly kind: Period['kind']

  constructor(
    @Inject(CityReportPages) private readonly pages: CityReportPages,
    @Inject(CityReports) private readonly reports: CityReports,
    @Inject(CityReportWriting) private readonly writing: CityReportWriting,
    @Inject(CityReportOffering) private readonly offering: CityReportOffering,
    @Inject(CityReportPaper) private readonly paper: CityReportPaper,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() fresh: boolean,
    @Param('periode') name: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, this.period(name), { fresh })
  }

  @Get('bewerken')
  edit(@Lang() lang: Language, @Param('periode') name: string): Promise<Page> {
    return this.pages.edit(lang, this.period(name))
  }

  /** Keeps the draft. The same texts again change nothing; over somebody else's newer draft nothing is written. */
  @Post('concept')
  async save(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('periode') name: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const period = this.period(name)
    const fields = typedFields(body)
    const saved = await this.writing.save(period, { fields, revision: whole(fields.revisie) }, visitor)
    return saved.outcome === 'saved'
      ? seeOther(`${pathOfReport(period)}#concept`)
      : this.pages.edit(lang, period, saved)
  }

  /** Makes the draft final. A repeat leads to the version that is there. */
  @Post('versies')
  async finalise(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('periode') name: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const period = this.period(name)
    const { revisie, invoer = '' } = typedFields(body)
    try {
      const made = await this.writing.finalise(period, { revision: whole(revisie), inputs: invoer }, visitor)
      if (made.outcome === 'final') return seeOther(`${pathOfReport(period)}/versies/${made.number}?nu=1`)
      return this.pages.edit(lang, period, undefined, formErrors(this.messages, lang, made.violations))
    } catch (error) {
      return this.refused(lang, visitor, period, error)
    }
  }

  @Get('versies/:nummer')
  async version(
    @Lang() lang: Language,
    @Param('periode') name: string,
    @Param('nummer') number: string,
    @Query('nu') justMade?: string,
  ): Promise<Page> {
    const period = this.period(name)
    return this.pages.version(lang, period, await this.find(period, number), justMade === '1')
  }

  @Get('versies/:nummer/verslag.pdf')
  async pdf(@Param('periode') name: string, @Param('nummer') number: string): Promise<Download> {
    const period = this.period(name)
    const version = await this.find(period, number)
    const file = `${fileName(period)}-versie-${version.number}.pdf`
    return new Download(file, 'application/pdf', await this.paper.make(version))
  }

  /** The canonical JSON, byte for byte what the SHA-256 is of. */
  @Get('versies/:nummer/bestand')
  async file(@Param('periode') name: string, @Param('nummer') number: string): Promise<Download> {
    const period = this.period(name)
    const { number: known, content } = await this.find(period, number)
    return new Download(
      `${fileName(period)}-versie-${known}.json`,
      'application/json; charset=utf-8',
      content,
    )
  }

  /** Puts a version on an agenda. A repeat finds it there. */
  @Post('versies/:nummer/agenda')
  async offer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('periode') name: string,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const period = this.period(name)
    const { number: known } = await this.find(period, number)
    try {
      await this.offering.offer(period, known, typedFields(body).vergadering ?? '', visitor)
    } catch (error) {
      return this.refused(lang, visitor, period, error)
    }
    return seeOther(`${pathOfReport(period)}#agenda`)
  }

  /** What can be mended on the page itself is said there. */
  private async refused(lang: Language, visitor: Visitor, period: Period, error: unknown): Promise<Page> {
    const codes = ['cityReport.chooseAssembly', 'cityReport.draftChanged', 'cityReport.inputsChanged']
    const ours = error instanceof RuleViolated && error.violations.every(({ code }) => codes.includes(code))
    if (!ours) throw error
    return this.pages.show(lang, visitor, period, {
      errors: formErrors(this.messages, lang, error.violations),
    })
  }

  private period(name: string): Period {
    const period = readPeriod(name)
    if (period?.kind !== this.kind) throw new NotFoundException()
    return period
  }

  private async find(period: Period, number: string): Promise<CityVersion> {
    const { versions } = await this.reports.of(period)
    const version = versions.find((one) => String(one.number) === number)
    if (!version) throw new NotFoundException()
    return version
  }
}

/** The quarterly report to the ALV. */
@Controller('verantwoording/stad/:periode/rapport')
export class QuarterReportController extends ReportController {
  protected readonly kind = 'quarter'
}

/** The annual report (jaardocument). */
@Controller('jaardocument/:periode')
export class YearReportController extends ReportController {
  protected readonly kind = 'year'
}

function whole(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : -1
}
