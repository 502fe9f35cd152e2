import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisit,
  type Download,
  type FieldError,
  Lang,
  type Language,
  type Page,
  parseForm,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
} from '#platform'
import { sheetDownload } from '#sheets'
import { MeansDeclarations } from '../means/means-declarations.service.js'
import { ShareProposals, type YearProposal } from '../means/share-proposals.service.js'
import { meansForm, ofWholeForm } from './means-form.js'
import { MeansPage } from './means-page.js'
import { meansSheet } from './means-sheet.js'

/** "Naar draagkracht": what a member declares, and what it is proposed to carry. */
@Controller('garanties/draagkracht/:jaar')
export class MeansController {
  constructor(
    @Inject(ShareProposals) private readonly proposals: ShareProposals,
    @Inject(MeansDeclarations) private readonly declarations: MeansDeclarations,
    @Inject(MeansPage) private readonly pages: MeansPage,
  ) {}

  /** `?vastgelegd=<id>` after declaring. */
  @Get()
  async show(
    @CurrentVisit() visit: Visit,
    @Param('jaar') year: string,
    @Query('vastgelegd') recordedId?: string,
  ): Promise<Page> {
    return this.pages.build(visit, await this.find(year), { recordedId })
  }

  /** Records a declaration. Safe to repeat: a second request with the key of the form leads to the first. */
  @Post('opgaven')
  async declare(
    @CurrentVisit() visit: Visit,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const proposal = await this.find(year)
    const again = (errors: FieldError[]) =>
      this.pages.build(visit, proposal, {
        refused: { typed: typedFields(body), errors: ofWholeForm(errors) },
      })
    const form = parseForm(meansForm, body)
    if (!form.ok) return again(form.errors)
    try {
      const { id } = await this.declarations.declare(visit.visitor, { ...form.value, year: proposal.year })
      return seeOther(`/garanties/draagkracht/${proposal.year}?vastgelegd=${id}`)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return again(error.violations.map(({ path, code, params }) => ({ field: path ?? '', code, params })))
    }
  }

  @Get('tabel.csv')
  async csv(@Lang() lang: Language, @Param('jaar') year: string): Promise<Download> {
    return sheetDownload('csv', meansSheet(this.pages.words(lang), await this.find(year)))
  }

  @Get('tabel.xlsx')
  async xlsx(@Lang() lang: Language, @Param('jaar') year: string): Promise<Download> {
    return sheetDownload('xlsx', meansSheet(this.pages.words(lang), await this.find(year)))
  }

  private async find(year: string): Promise<YearProposal> {
    const found = /^[1-9]\d{3}$/.test(year) ? await this.proposals.of(Number(year)) : null
    if (!found) throw new NotFoundException()
    return found
  }
}
