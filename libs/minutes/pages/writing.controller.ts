import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
  Lang,
  type Language,
  Messages,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Minutes } from '../minutes.service.js'
import { MinutesWriting } from '../writing.service.js'
import { WritingPages } from './writing-pages.js'

/** Writing the minutes, part by part. */
@Controller('alv/:id/notulen')
export class WritingController {
  constructor(
    @Inject(Minutes) private readonly minutes: Minutes,
    @Inject(MinutesWriting) private readonly writing: MinutesWriting,
    @Inject(WritingPages) private readonly pages: WritingPages,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  @Get('bewerken')
  overview(@Lang() lang: Language, @Param('id') id: string): Promise<Page> {
    return this.pages.overview(lang, id)
  }

  @Get('bewerken/:deel')
  section(@Lang() lang: Language, @Param('id') id: string, @Param('deel') part: string): Promise<Page> {
    return this.pages.section(lang, id, part)
  }

  /** Records what was typed, unless somebody else wrote in the same part meanwhile. The same text again records nothing. */
  @Post('bewerken/:deel')
  async edit(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('deel') section: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    if (!(await this.minutes.of(id))) throw new NotFoundException()
    const typed = typedFields(body)
    const { versie = '', tekst: remarks = '' } = typed
    const version = /^\d{1,5}$/.test(versie) ? Number(versie) : 0
    try {
      const written = await this.writing.edit(id, { section, remarks, version }, visitor)
      if (written.kind !== 'conflict') return seeOther(`/alv/${id}/notulen/bewerken#deel-${section}`)
      return this.pages.section(lang, id, section, { typed, conflict: written })
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
      const errors = formErrors(this.messages, lang, error.violations)
      return this.pages.section(lang, id, section, { typed, errors })
    }
  }

  /** Takes over what the log says now. Without a difference nothing is recorded. */
  @Post('verversing')
  async regenerate(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    await this.writing.regenerate(id, visitor)
    return seeOther(`/alv/${id}/notulen/bewerken`)
  }

  @Get('versies/:nummer')
  version(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('nummer') number: string,
  ): Promise<Page> {
    return this.pages.version(lang, visitor, id, number)
  }
}
