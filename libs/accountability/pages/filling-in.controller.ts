import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
} from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  Clock,
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { type Report, Reports } from '../reports.service.js'
import { relationTo } from '../rules/access.js'
import { draftOf } from '../rules/draft.js'
import { draftIsOpen } from '../rules/status.js'
import { hasBegun } from '../rules/timing.js'
import { type SubmitOutcome, Submitting } from '../submitting.service.js'
import { resolveChoices } from './choices.js'
import { FillingInPage } from './filling-in-page.js'
import { pathOf } from './report-words.js'

/** The form of treasurer and coordinator: fill in, keep, submit. */
@Controller('verantwoording/:gebied/:kwartaal')
export class FillingInController {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(Submitting) private readonly submitting: Submitting,
    @Inject(FillingInPage) private readonly pages: FillingInPage,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('invullen')
  async form(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Query('bewaard') saved?: string,
  ): Promise<Page | SeeOther> {
    const report = await this.own(visitor, area, quarter)
    if (!hasBegun(report.quarter, this.clock.today())) throw RuleViolated.of('report.quarterNotBegun')
    if (!draftIsOpen(report.status)) return seeOther(pathOf(report))
    const draft = report.record?.draft
    const typed = draftOf(report.template, draft?.typed ?? {})
    return this.pages.form(lang, report, { typed, revision: draft?.revision ?? 0, justSaved: saved === '1' })
  }

  /** Keeps the draft. Sent again, it changes nothing: the texts are the same. */
  @Post('concept')
  async save(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const sent = typedFields(body)
    const report = await this.own(visitor, area, quarter)
    const { fields, unanswered } = resolveChoices(report.template, sent)
    if (unanswered.length > 0 && report.record) {
      return this.pages.choice(lang, report, draftOf(report.template, sent), report.record.draft, unanswered)
    }
    const saved = await this.submitting.saveDraft(
      visitor,
      { area, quarter },
      { fields, revision: revisionOf(sent) },
    )
    return saved.outcome === 'saved'
      ? seeOther(`${pathOf(report)}/invullen?bewaard=1`)
      : this.refused(lang, saved)
  }

  /** Submits. Sent again, it leads to the same version and says so. */
  @Post('versies')
  async submit(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const sent = typedFields(body)
    const result = await this.submitting.submit(
      visitor,
      { area, quarter },
      { fields: sent, revision: revisionOf(sent) },
    )
    if (result.outcome !== 'submitted') return this.refused(lang, result)
    const said = result.repeated ? 'eerder' : 'nu'
    return seeOther(`/verantwoording/${area}/${quarter}/versies/${result.version}?ingediend=${said}`)
  }

  private refused(lang: Language, result: Exclude<SubmitOutcome, { outcome: 'submitted' }>): Page {
    switch (result.outcome) {
      case 'invalid':
        return this.pages.form(lang, result.report, result)
      case 'stale':
        return this.pages.choice(lang, result.report, result.typed, result.stored)
      case 'closed':
        return this.pages.closed(lang, result.report, result.typed, result.latest)
    }
  }

  private async own(visitor: Visitor, area: string, quarter: string): Promise<Report> {
    const report = await this.reports.find({ area, quarter })
    if (!report) throw new NotFoundException()
    if (relationTo(visitor, report.agreement.counterparty.id) !== 'own') throw new ForbiddenException()
    return report
  }
}

/** The revision that the form showed; one that is not ours never matches, so that nothing is overwritten. */
function revisionOf(sent: Record<string, string>): number {
  return /^\d{1,9}$/.test(sent.revisie ?? '') ? Number(sent.revisie) : -1
}
