import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import {
  CurrentVisitor,
  Ids,
  isId,
  Lang,
  type Language,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Amendments } from '../motions/amendments.service.js'
import { MotionReading, type MotionWithAll } from '../motions/motion-reading.service.js'
import { Polls } from '../polls/polls.service.js'
import type { Amendment } from '../store/amendment.store.js'
import { AmendmentPage } from './amendment-page.js'
import { readAmendmentForm, readReasonForm } from './motion-form.js'
import { MotionForms } from './motion-forms.js'

const VIEWS = 'libs/assemblies/pages/views'

/** Amendments: offering one, withdrawing, and what the chair does with them. */
@Controller()
export class AmendmentsController {
  constructor(
    @Inject(Amendments) private readonly amendments: Amendments,
    @Inject(Polls) private readonly polls: Polls,
    @Inject(MotionReading) private readonly reading: MotionReading,
    @Inject(AmendmentPage) private readonly amendmentPage: AmendmentPage,
    @Inject(MotionForms) private readonly forms: MotionForms,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  @Get('voorstellen/:id/amendementen/nieuw')
  async create(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const all = await this.motionOr404(id)
    const [why] = this.amendments.offering(all.motion)
    return this.forms.amend(lang, all, visitor, this.ids.next(), why?.code)
  }

  /** Offers an amendment. A repeat goes to the one that is there. */
  @Post('voorstellen/:id/amendementen')
  async offer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    await this.motionOr404(id)
    const { amendement } = typedFields(body)
    if (!isId(amendement)) throw new NotFoundException()
    const form = readAmendmentForm(body)
    const again = async (violations: readonly Violation[]) =>
      this.forms.amend(lang, await this.motionOr404(id), visitor, amendement, undefined, {
        violations,
        typed: form.typed,
      })
    if (!form.ok) return again(form.errors)
    try {
      const { content, chosen } = form.value
      await this.amendments.offer(id, amendement, content, chosen, visitor)
    } catch (error) {
      if (error instanceof RuleViolated && error.violations[0]!.path) return again(error.violations)
      throw error
    }
    return seeOther(`/amendementen/${amendement}`)
  }

  @Get('amendementen/:id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const { amendment, all } = await this.amendmentOr404(id)
    return page(`${VIEWS}/amendment.hbs`, await this.amendmentPage.of(amendment, all, visitor, lang))
  }

  /** Withdraws an amendment. A repeat changes nothing. */
  @Post('amendementen/:id/intrekking')
  async withdraw(@CurrentVisitor() visitor: Visitor, @Param('id') id: string): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.amendments.withdraw(id, visitor)
    return seeOther(`/amendementen/${id}`)
  }

  /** Sets an amendment aside, with the reason. A repeat keeps the first reason. */
  @Post('amendementen/:id/verval')
  async setAside(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { amendment, all } = await this.amendmentOr404(id)
    const form = readReasonForm(body)
    if (!form.ok) {
      const model = await this.amendmentPage.of(amendment, all, visitor, lang)
      return page(`${VIEWS}/amendment.hbs`, { ...model, ...this.forms.shown(lang, form) }, 422)
    }
    await this.amendments.setAside(id, form.value.reden, visitor)
    return seeOther(`/amendementen/${id}`)
  }

  /** Up or down in the order of voting; `plaats` is the place on the screen, so that a repeat moves nothing. */
  @Post('amendementen/:id/plaats')
  async move(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { amendment } = await this.amendmentOr404(id)
    const { richting, plaats } = typedFields(body)
    await this.amendments.move(id, richting === 'omhoog' ? -1 : 1, Number(plaats) || 0, visitor)
    return seeOther(`/voorstellen/${amendment.motionId}#amendement-${id}`)
  }

  /** Opens the poll on an amendment. A repeat goes to the poll that is there. */
  @Post('amendementen/:id/stemming')
  async openPoll(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    const { amendment, all } = await this.amendmentOr404(id)
    const { assemblyId } = all.motion
    const method = typedFields(body).manier === 'papier' ? 'paper' : 'digital'
    const poll = await this.polls.open(assemblyId, amendment.motionId, visitor, { amendmentId: id, method })
    return seeOther(`/stemmingen/${poll}`)
  }

  private async motionOr404(id: string): Promise<MotionWithAll> {
    const found = await this.reading.motion(id)
    if (!found) throw new NotFoundException()
    return found
  }

  private async amendmentOr404(id: string): Promise<{ amendment: Amendment; all: MotionWithAll }> {
    const amendment = await this.reading.amendment(id)
    if (!amendment) throw new NotFoundException()
    return { amendment, all: await this.motionOr404(amendment.motionId) }
  }
}
