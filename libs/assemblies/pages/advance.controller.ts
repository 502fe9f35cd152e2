import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import {
  CurrentVisitor,
  formErrors,
  isId,
  Lang,
  type Language,
  Messages,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { MotionReading, type MotionWithAll } from '../motions/motion-reading.service.js'
import { AdvanceVoting } from '../polls/advance-voting.service.js'
import { advancePage } from './advance-page.js'
import { textsOf } from './page-text.js'

/** Voting on a motion before the assembly. */
@Controller('voorstellen/:id/vooraf-stemmen')
export class AdvanceController {
  constructor(
    @Inject(AdvanceVoting) private readonly advance: AdvanceVoting,
    @Inject(MotionReading) private readonly reading: MotionReading,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** What stands recorded for the own members, and a ballot for who can still vote: also after a lost connection. */
  @Get()
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.page(lang, visitor, id)
  }

  /** Casts the ballot of one member. A repeat is refused with what stands. */
  @Post()
  async cast(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { lid = '', choice = '', tekst = '' } = typedFields(body)
    if (!isId(id)) throw new NotFoundException()
    const memberId = isId(lid) ? lid : ''
    try {
      await this.advance.cast(id, { memberId, choice, seenHash: tekst }, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.page(lang, visitor, id, error.violations, { lid, choice })
    }
    return seeOther(`/voorstellen/${id}/vooraf-stemmen#vastgelegd`)
  }

  private async page(
    lang: Language,
    visitor: Visitor,
    id: string,
    refused: readonly Violation[] = [],
    typed: Record<string, string> = {},
  ): Promise<Page> {
    const all = await this.motionOr404(id)
    const standing = await this.advance.standing(all.motion, visitor)
    const model = advancePage(textsOf(this.messages, lang), all, standing, visitor, lang)
    const why = standing.violations[0]
    const errors = formErrors(this.messages, lang, refused)
    return page(
      'libs/assemblies/pages/views/advance.hbs',
      {
        ...model,
        why: why && this.messages.violation(lang, why),
        ...{ typed, errors },
        // Without a form to stand above, what was refused is said by itself.
        refused: errors.length > 0 && !model.form ? errors[0]!.message : null,
      },
      refused.length === 0 ? 200 : refused[0]!.path ? 422 : 409,
    )
  }

  private async motionOr404(id: string): Promise<MotionWithAll> {
    const found = await this.reading.motion(id)
    if (!found) throw new NotFoundException()
    return found
  }
}
