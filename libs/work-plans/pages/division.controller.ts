import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common'
import { RuleViolated, tryParseCents } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  thenTo,
  typedFields,
  type Visitor,
} from '#platform'
import type { Shift } from '../rules/division.js'
import { SubsidyDivisions } from '../subsidy-divisions.service.js'
import { DivisionPage } from './division-page.js'
import { dayOfForm, PlanWords } from './plan-words.js'

/** How the subsidy of a year is divided over the wijken. */
@Controller('werkplan/:jaar/verdeling')
export class DivisionController {
  constructor(
    @Inject(PlanWords) private readonly words: PlanWords,
    @Inject(SubsidyDivisions) private readonly divisions: SubsidyDivisions,
    @Inject(DivisionPage) private readonly pages: DivisionPage,
  ) {}

  @Get()
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, (await this.words.find(year)).year)
  }

  /** Proposes a division, or another version. The same again adds nothing. */
  @Post()
  async propose(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') typedYear: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { year } = await this.words.find(typedYear)
    const typed = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, year, refused)
    return answerForm(
      body,
      again,
      thenTo(`/werkplan/${year}/verdeling`, async () => {
        try {
          const shifts = await this.readShifts(typed)
          const budgetCents = tryParseCents(typed.budget ?? '') ?? 0n
          await this.divisions.propose(
            year,
            { budgetCents, shifts, reason: typed.reden ?? '' },
            visitor.personId,
          )
        } catch (error) {
          throw await this.atFields(error)
        }
      }),
    )
  }

  /** Records that the gemeente agreed with the last version. A repeat changes nothing. */
  @Post('instemming')
  async agree(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') typedYear: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { year } = await this.words.find(typedYear)
    const { versie, dag } = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, year, refused)
    return answerForm(
      body,
      again,
      thenTo(`/werkplan/${year}/verdeling`, async () => {
        const on = dayOfForm(dag)
        if (!on) throw RuleViolated.of('workPlan.dayNeeded', {}, 'dag')
        await this.divisions.agree(year, Number(versie), on, visitor.personId)
      }),
    )
  }

  private async readShifts(typed: Record<string, string>): Promise<Shift[]> {
    return (await this.words.areasInOrder()).map(({ id, slug }) => {
      const amount = (typed[`verschuiving.${slug}`] ?? '').trim()
      const changeCents = amount === '' ? 0n : tryParseCents(amount)
      if (changeCents === null) throw RuleViolated.of('division.amountMalformed', {}, `verschuiving.${slug}`)
      return { areaId: id, changeCents, reason: typed[`reden.${slug}`] ?? '' }
    })
  }

  /** The rules know areas and budgets; the form has fields. */
  private async atFields(error: unknown): Promise<unknown> {
    if (!(error instanceof RuleViolated)) return error
    const areas = await this.words.areasInOrder()
    const violations = error.violations.map((violation) => {
      const { path, code } = violation
      const slug = areas.find(({ id }) => path === `shifts.${id}`)?.slug
      if (slug)
        return {
          ...violation,
          path: `${code.startsWith('division.reason') ? 'reden' : 'verschuiving'}.${slug}`,
        }
      if (path === 'shifts') return { ...violation, path: `verschuiving.${areas[0]!.slug}` }
      return path === 'budgetCents' ? { ...violation, path: 'budget' } : violation
    })
    return new RuleViolated(violations)
  }
}
