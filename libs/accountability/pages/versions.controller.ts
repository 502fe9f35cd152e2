import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common'
import { Download, Lang, type Language, type Page } from '#platform'
import { ReportPaper } from '../report-paper.service.js'
import { type Report, Reports } from '../reports.service.js'
import type { ReportVersion } from '../store/report-records.js'
import { VersionPage } from './version-page.js'

/** One version: read it, take it along, see what it changed. */
@Controller('verantwoording/:gebied/:kwartaal/versies/:nummer')
export class VersionsController {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReportPaper) private readonly paper: ReportPaper,
    @Inject(VersionPage) private readonly pages: VersionPage,
  ) {}

  @Get()
  async show(
    @Lang() lang: Language,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
    @Query('ingediend') submitted?: string,
  ): Promise<Page> {
    const { report, version } = await this.find(area, quarter, number)
    return this.pages.version(lang, report, version, submitted)
  }

  /** The canonical JSON, byte for byte what the SHA-256 is of. */
  @Get('bestand')
  async file(
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
  ): Promise<Download> {
    const { version } = await this.find(area, quarter, number)
    const name = `verantwoording-${area}-${quarter}-versie-${version.number}.json`
    return new Download(name, 'application/json; charset=utf-8', version.content)
  }

  /** The same version gives the same file, byte for byte. */
  @Get('pdf')
  async pdf(
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
  ): Promise<Download> {
    const { report, version } = await this.find(area, quarter, number)
    const name = `verantwoording-${area}-${quarter}-versie-${version.number}.pdf`
    return new Download(name, 'application/pdf', await this.paper.of(report, version))
  }

  /** What changed since the version before it. */
  @Get('verschil')
  async difference(
    @Lang() lang: Language,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
  ): Promise<Page> {
    const { report, version } = await this.find(area, quarter, number)
    const before = report.record?.versions.find((one) => one.number === version.number - 1)
    if (!before) throw new NotFoundException()
    return this.pages.difference(lang, report, before, version)
  }

  private async find(
    area: string,
    quarter: string,
    number: string,
  ): Promise<{ report: Report; version: ReportVersion }> {
    const report = await this.reports.find({ area, quarter })
    const version = report?.record?.versions.find((one) => String(one.number) === number)
    if (!report || !version) throw new NotFoundException()
    return { report, version }
  }
}
