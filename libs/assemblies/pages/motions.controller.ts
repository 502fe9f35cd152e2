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
import { MotionReading, type MotionWithAll } from '../motions/motion-reading.service.js'
import { Motions } from '../motions/motions.service.js'
import { AssemblyReading } from '../reading.service.js'
import { readMotionForm, readReasonForm } from './motion-form.js'
import { MotionForms } from './motion-forms.js'
import { MotionPage } from './motion-page.js'

const VIEWS = 'libs/assemblies/pages/views'

/** Motions: the page of one, submitting, changing, withdrawing. */
@Controller()
export class MotionsController {
  constructor(
    @Inject(Motions) private readonly motions: Motions,
    @Inject(MotionReading) private readonly reading: MotionReading,
    @Inject(AssemblyReading) private readonly assemblies: AssemblyReading,
    @Inject(MotionPage) private readonly motionPage: MotionPage,
    @Inject(MotionForms) private readonly forms: MotionForms,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  @Get('voorstellen/:id')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const model = await this.motionPage.of(await this.motionOr404(id), visitor, lang)
    return page(`${VIEWS}/motion.hbs`, model)
  }

  @Get('alv/:id/voorstellen/nieuw')
  async create(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    const assembly = await this.assemblies.assembly(id)
    if (!assembly) throw new NotFoundException()
    return this.forms.create(lang, assembly, visitor, this.ids.next())
  }

  /** Submits a motion. A repeat goes to the one that is there. */
  @Post('alv/:id/voorstellen')
  async submit(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const assembly = await this.assemblies.assembly(id)
    const { voorstel } = typedFields(body)
    if (!assembly || !isId(voorstel)) throw new NotFoundException()
    const form = readMotionForm(body)
    const again = (violations: readonly Violation[]) =>
      this.forms.create(lang, assembly, visitor, voorstel, { violations, typed: form.typed })
    if (!form.ok) return again(form.errors)
    const { content, chosen } = form.value
    return this.orAgain(again, async () => {
      await this.motions.submit(id, voorstel, content, chosen, visitor)
      return seeOther(`/voorstellen/${voorstel}`)
    })
  }

  /** The chair allows motions in the assembly (`ja`), or no longer. A repeat changes nothing. */
  @Post('alv/:id/voorstellen/toelating')
  async allow(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    if (!isId(id)) throw new NotFoundException()
    await this.motions.allow(id, typedFields(body).toelaten === 'ja', visitor)
    return seeOther(`/alv/${id}#voorstellen`)
  }

  @Get('voorstellen/:id/wijziging')
  async edit(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.forms.change(lang, await this.motionOr404(id), visitor)
  }

  /** Changes a motion. A repeat records nothing. */
  @Post('voorstellen/:id/wijziging')
  async change(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const all = await this.motionOr404(id)
    const form = readMotionForm(body)
    const again = (violations: readonly Violation[]) =>
      this.forms.change(lang, all, visitor, { violations, typed: form.typed })
    if (!form.ok) return again(form.errors)
    return this.orAgain(again, async () => {
      await this.motions.change(id, form.value.content, visitor)
      return seeOther(`/voorstellen/${id}`)
    })
  }

  /** Withdraws a motion, with the reason. A repeat changes nothing. */
  @Post('voorstellen/:id/intrekking')
  async withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const all = await this.motionOr404(id)
    const form = readReasonForm(body)
    if (!form.ok) {
      const model = await this.motionPage.of(all, visitor, lang)
      return page(`${VIEWS}/motion.hbs`, { ...model, ...this.forms.shown(lang, form) }, 422)
    }
    await this.motions.withdraw(id, form.value.reden, visitor)
    return seeOther(`/voorstellen/${id}`)
  }

  /** What is wrong with a field is shown beside it; the rest is an answer of its own. */
  private async orAgain(
    again: (violations: readonly Violation[]) => Promise<Page>,
    work: () => Promise<SeeOther>,
  ): Promise<Page | SeeOther> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof RuleViolated && error.violations[0]!.path) return again(error.violations)
      throw error
    }
  }

  private async motionOr404(id: string): Promise<MotionWithAll> {
    const found = await this.reading.motion(id)
    if (!found) throw new NotFoundException()
    return found
  }
}
