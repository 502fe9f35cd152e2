import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { fileReply } from '#files'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  type Download,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  type ShownError,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { ANNEX_FILE, Annexes, MOST_ANNEXES } from '../annexes.service.js'
import { Drafting } from '../drafting.service.js'
import { type Report, Reports } from '../reports.service.js'
import { draftIsOpen } from '../rules/status.js'
import { ReportPage } from './report-page.js'
import { pathOf, wordsIn } from './report-words.js'

const LIMITS = {
  maxFiles: MOST_ANNEXES,
  maxFileBytes: ANNEX_FILE.maxBytes,
  maxFormBytes: MOST_ANNEXES * ANNEX_FILE.maxBytes,
}

/** The files of a report: beside the draft, and of the versions. */
@Controller('verantwoording/:gebied/:kwartaal/bijlagen')
export class AnnexesController {
  constructor(
    @Inject(Annexes) private readonly annexes: Annexes,
    @Inject(Drafting) private readonly drafting: Drafting,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReportPage) private readonly reportPage: ReportPage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get()
  async list(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
  ): Promise<Page | SeeOther> {
    const { report } = await this.drafting.current({ area, quarter }, visitor)
    if (!draftIsOpen(report.status)) return seeOther(pathOf(report))
    return this.shown(lang, report)
  }

  @Get(':bestand')
  async file(
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('bestand') id: string,
  ): Promise<Download> {
    const report = await this.reports.find({ area, quarter })
    if (!report || !isId(id)) throw new NotFoundException()
    return fileReply(await this.annexes.read(visitor, report, id))
  }

  /** Adds files. The same file again adds nothing. */
  @Post()
  @TakesFiles(LIMITS)
  async add(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { report } = await this.drafting.current({ area, quarter }, visitor)
    try {
      await this.annexes.add(visitor, { area, quarter }, uploadsOf(body, 'bestanden'))
    } catch (error) {
      const known = error instanceof RuleViolated && /^(file|report\.annex)/.test(error.violations[0]!.code)
      if (!known) throw error
      const errors = formErrors(this.messages, lang, error.violations)
      return this.shown(
        lang,
        report,
        errors.map(({ message }) => ({ path: 'bestanden', message })),
      )
    }
    return seeOther(`${pathOf(report)}/bijlagen`)
  }

  /** Takes a file out. Sent again, it changes nothing. */
  @Post('verwijdering')
  async remove(
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { bijlage = '' } = typedFields(body)
    await this.annexes.remove(visitor, { area, quarter }, bijlage)
    return seeOther(`/verantwoording/${area}/${quarter}/bijlagen`)
  }

  private async shown(lang: Language, report: Report, errors: ShownError[] = []): Promise<Page> {
    const text = wordsIn(this.messages, lang)
    const head = this.reportPage.head(lang, report)
    const heading = text('annexes.heading')
    const files = await this.annexes.ofDraft(report)
    return page(
      'libs/accountability/pages/views/annexes.hbs',
      {
        ...head,
        title: `${heading} – ${head.title}`,
        heading,
        pre: head.heading,
        crumbs: [...head.crumbs, { href: head.reportPath, label: head.heading }],
        most: MOST_ANNEXES,
        errors,
        files: files.map(({ id, name, bytes }) => ({
          name,
          href: `${head.reportPath}/bijlagen/${id}`,
          size: text('annexes.size', { kb: Math.ceil(bytes / 1000) }),
          removeName: 'bijlage',
          removeValue: id,
          removeLabel: text('annexes.remove'),
        })),
      },
      errors.length > 0 ? 422 : 200,
    )
  }
}
