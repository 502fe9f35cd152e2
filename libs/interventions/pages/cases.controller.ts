import {
  Body,
  Controller,
  ForbiddenException,
  Get,
  Inject,
  NotFoundException,
  Param,
  Post,
} from '@nestjs/common'
import { type Agreement, Agreements } from '#agreements'
import {
  CurrentVisitor,
  type FieldError,
  Lang,
  type Language,
  type Page,
  parseForm,
  type SeeOther,
  seeOther,
  TakesFiles,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { directionFor, InterventionStarting } from '../starting.service.js'
import { CASE_UPLOADS, errorsOf, startForm } from './forms.js'
import { CaseListPage } from './list-page.js'

/** The cases of an area and of all areas; beginning one. */
@Controller()
export class CasesController {
  constructor(
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(InterventionStarting) private readonly starting: InterventionStarting,
    @Inject(CaseListPage) private readonly pages: CaseListPage,
  ) {}

  @Get('ingrepen')
  all(@Lang() lang: Language, @CurrentVisitor() visitor: Visitor): Promise<Page> {
    return this.pages.all(lang, visitor)
  }

  @Get('afspraken/:gebied/ingrepen')
  async ofArea(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
  ): Promise<Page> {
    return this.pages.ofArea(lang, visitor, await this.find(area))
  }

  @Get('afspraken/:gebied/ingrepen/nieuw')
  async prepare(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
  ): Promise<Page> {
    const agreement = await this.find(area)
    return this.pages.form(lang, agreement, directionOf(visitor, agreement))
  }

  /** Begins a case. The form carries its id: sent twice, it begins one. */
  @Post('afspraken/:gebied/ingrepen')
  @TakesFiles(CASE_UPLOADS)
  async start(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('gebied') area: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const agreement = await this.find(area)
    const direction = directionOf(visitor, agreement)
    const refuse = (errors: readonly FieldError[]) =>
      this.pages.form(lang, agreement, direction, { typed: typedFields(body), errors })
    const form = parseForm(startForm, body)
    if (!form.ok) return refuse(form.errors)
    const { kenmerk: id, onderwerp: subject, waarover: about, reden: reason } = form.value
    const uploads = uploadsOf(body, 'bestanden')
    try {
      await this.starting.start(area, { id, subject, about, reason, uploads }, visitor)
    } catch (error) {
      return refuse(errorsOf(error))
    }
    return seeOther(`/ingrepen/${id}?vastgelegd=1`)
  }

  private async find(area: string): Promise<Agreement> {
    const agreement = await this.agreements.byArea(area)
    if (!agreement) throw new NotFoundException()
    return agreement
  }
}

function directionOf(visitor: Visitor, agreement: Agreement) {
  const direction = directionFor(visitor, agreement)
  if (!direction) throw new ForbiddenException()
  return direction
}
