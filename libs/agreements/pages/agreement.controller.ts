import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisit,
  Download,
  Lang,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
} from '#platform'
import { AgreementPaper } from '../agreement-paper.js'
import { AgreementDrafting } from '../drafting.service.js'
import { AgreementEnding } from '../ending.service.js'
import { type SignedAgreement, SignedAgreements } from '../signed-agreements.service.js'
import { AgreementPages } from './agreement-pages.js'
import { AgreementWords } from './words.js'

/** A signed agreement: reading it, and beginning to change or end it. */
@Controller('afspraken/:gebied')
export class AgreementController {
  constructor(
    @Inject(SignedAgreements) private readonly signed: SignedAgreements,
    @Inject(AgreementPages) private readonly pages: AgreementPages,
    @Inject(AgreementWords) private readonly words: AgreementWords,
    @Inject(AgreementPaper) private readonly paper: AgreementPaper,
    @Inject(AgreementDrafting) private readonly drafting: AgreementDrafting,
    @Inject(AgreementEnding) private readonly ending: AgreementEnding,
  ) {}

  @Get()
  async show(@CurrentVisit() visit: Visit, @Param('gebied') area: string): Promise<Page> {
    return this.pages.show(visit, await this.find(area))
  }

  @Get('versies/:nummer')
  async version(
    @Lang() lang: Language,
    @Param('gebied') area: string,
    @Param('nummer') number: string,
  ): Promise<Page> {
    const known = await this.find(area)
    const version = known.versions.find((one) => String(one.number) === number)
    if (!version) throw new NotFoundException()
    return this.pages.version(lang, known, version)
  }

  @Get('versies/:nummer/afspraak.pdf')
  async pdf(@Param('gebied') area: string, @Param('nummer') number: string): Promise<Download> {
    const { agreement } = await this.find(area)
    const content = await this.paper.read(agreement.id, /^\d{1,4}$/.test(number) ? Number(number) : 0)
    if (!content) throw new NotFoundException()
    return new Download(`afspraak-${area}-${number}.pdf`, 'application/pdf', content)
  }

  /** Begins a negotiation about another version. A repeat finds the one that goes on. */
  @Post('wijzigingen')
  async beginChange(
    @CurrentVisit() visit: Visit,
    @Param('gebied') area: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { wat } = typedFields(body)
    return this.act(visit, area, body, async () => {
      if (wat !== 'amendment' && wat !== 'renewal' && wat !== 'ending')
        throw RuleViolated.of('agreement.changeNeeded', {}, 'wat')
      return `/afspraken/concepten/${await this.drafting.beginChange(area, wat, visit.visitor)}`
    })
  }

  /** Gives notice, in a session that began a moment ago. A repeat by the same person changes nothing. */
  @Post('opzegging')
  async giveNotice(
    @CurrentVisit() visit: Visit,
    @Param('gebied') area: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { reden = '', akkoord } = typedFields(body)
    return this.act(visit, area, body, async () => {
      if (reden.trim() === '') throw RuleViolated.of('agreement.reasonNeeded', {}, 'reden')
      if (akkoord !== 'ja') throw RuleViolated.of('agreement.consentNeeded', {}, 'akkoord')
      await this.ending.giveNotice(area, reden, visit.visitor)
      return `/afspraken/${area}#opzegging`
    })
  }

  /** A refusal that names a field comes back in the form; any other is a page of its own. */
  private async act(
    visit: Visit,
    area: string,
    body: unknown,
    work: () => Promise<string>,
  ): Promise<Page | SeeOther> {
    const known = await this.find(area)
    try {
      return seeOther(await work())
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
      const errors = this.words.errors(visit.lang, error.violations)
      return this.pages.show(visit, known, { errors, typed: typedFields(body) })
    }
  }

  private async find(area: string): Promise<SignedAgreement> {
    const known = /^[a-z0-9-]{1,60}$/.test(area) ? await this.signed.find(area) : null
    if (!known) throw new NotFoundException()
    return known
  }
}
