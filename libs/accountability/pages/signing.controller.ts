import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
  Lang,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type SeeOther,
  SignedInFreshly,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Reports } from '../reports.service.js'
import type { ReportContent } from '../rules/report-content.js'
import { SigningOff } from '../signing-off.service.js'
import { contentModel } from './content-model.js'
import { ReportPage } from './report-page.js'
import { pathOf, quarterName, wordsIn } from './report-words.js'

/** What the treasurer does: read what was completed, sign it and so submit it, and withdraw it in time. */
@Controller('verantwoording/:gebied/:kwartaal')
export class SigningController {
  constructor(
    @Inject(SigningOff) private readonly signing: SigningOff,
    @Inject(Reports) private readonly reports: Reports,
    @Inject(ReportPage) private readonly reportPage: ReportPage,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** What would be signed, as it will stand; without something to sign it leads to the report. */
  @Get('ondertekenen')
  async read(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @SignedInFreshly() signedInFreshly: boolean,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
  ): Promise<Page | SeeOther> {
    const { report, json, sha256 } = await this.signing.toSign(visitor, { area, quarter })
    const { completed } = report.course
    if (!completed || !json) return seeOther(pathOf(report))
    const text = wordsIn(this.messages, lang)
    const head = this.reportPage.head(lang, report)
    const heading = text('sign.heading', { quarter: quarterName(text, report.quarter) })
    return page('libs/accountability/pages/views/sign.hbs', {
      ...head,
      title: `${heading} – ${report.agreement.areaName}`,
      heading,
      pre: head.heading,
      crumbs: [...head.crumbs, { href: head.reportPath, label: head.heading }],
      lead: text('sign.lead', { name: completed.by.name, when: moment(lang, completed.at) }),
      mustBeOther: completed.by.id === visitor.personId,
      ...contentModel(this.messages, lang, JSON.parse(json) as ReportContent, head.reportPath),
      sha256,
      signedInFreshly,
    })
  }

  /** Signs and submits what was on the screen. Sent again, it leads to the same version and says so. */
  @Post('versies')
  async sign(
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { vingerafdruk = '' } = typedFields(body)
    const { version, repeated } = await this.signing.sign(visitor, { area, quarter }, vingerafdruk)
    const said = repeated ? 'eerder' : 'nu'
    return seeOther(`/verantwoording/${area}/${quarter}/versies/${version}?ingediend=${said}`)
  }

  /** Takes a version back, with a reason. Sent again, it changes nothing. */
  @Post('versies/:nummer/intrekking')
  async withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Param('kwartaal') quarter: string,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    try {
      await this.signing.withdraw(visitor, { area, quarter }, Number(number), typed.reden ?? '')
    } catch (error) {
      const report = await this.reports.find({ area, quarter })
      if (!(error instanceof RuleViolated) || !error.violations[0]?.path || !report) throw error
      const errors = formErrors(this.messages, lang, error.violations)
      return this.reportPage.show(lang, visitor, report, { typed, errors })
    }
    return seeOther(`/verantwoording/${area}/${quarter}?ingetrokken=1`)
  }
}
