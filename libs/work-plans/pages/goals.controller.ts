import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import {
  answerForm,
  CurrentVisitor,
  formErrors,
  Lang,
  type Language,
  type Page,
  page,
  type RefusedForm,
  type SeeOther,
  seeOther,
  thenTo,
  typedFields,
  type Visitor,
} from '#platform'
import { nextGoalId, readIndicators } from '../rules/goals.js'
import type { WorkPlan } from '../work-plans.service.js'
import { fingerprint, type GoalText, PlanWriting } from '../writing.service.js'
import { PlanWords, VIEWS } from './plan-words.js'

const CITY = 'stad'

/** Writing the goals of a year. */
@Controller('werkplan/:jaar/doelen')
export class GoalsController {
  constructor(
    @Inject(PlanWords) private readonly words: PlanWords,
    @Inject(PlanWriting) private readonly writing: PlanWriting,
  ) {}

  @Get()
  async list(@Lang() lang: Language, @Param('jaar') year: string): Promise<Page> {
    return this.listPage(lang, await this.words.find(year))
  }

  /** Adds a goal. The same form sent twice adds one. */
  @Post()
  async add(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const plan = await this.words.find(year)
    const typed = typedFields(body)
    const again = (refused: RefusedForm) => this.listPage(lang, plan, refused)
    return answerForm(
      body,
      again,
      thenTo(`/werkplan/${year}/doelen`, () =>
        this.writing.add(plan.year, typed.nieuw ?? '', readGoal(typed), visitor),
      ),
    )
  }

  @Get(':doel')
  async edit(@Lang() lang: Language, @Param('jaar') year: string, @Param('doel') id: string): Promise<Page> {
    return this.editPage(lang, await this.words.find(year), id)
  }

  /** Changes a goal. A repeat changes nothing. */
  @Post(':doel')
  async change(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('doel') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const plan = await this.words.find(year)
    const typed = typedFields(body)
    const again = (refused: RefusedForm) => this.editPage(lang, plan, id, refused)
    return answerForm(
      body,
      again,
      thenTo(`/werkplan/${year}/doelen`, () =>
        this.writing.change(plan.year, id, typed.gezien ?? '', readGoal(typed), visitor),
      ),
    )
  }

  /** Takes a goal out. A repeat changes nothing. */
  @Post(':doel/verwijdering')
  async remove(
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('doel') id: string,
  ): Promise<SeeOther> {
    await this.writing.remove((await this.words.find(year)).year, id, visitor)
    return seeOther(`/werkplan/${year}/doelen`)
  }

  private async listPage(lang: Language, plan: WorkPlan, refused?: RefusedForm): Promise<Page> {
    const { year, draft, versions } = plan
    const groups = await this.words.grouped(lang, draft)
    return page(
      `${VIEWS}/goals.hbs`,
      {
        title: this.words.say(lang, 'write.title', { year: String(year) }),
        ...{ year, recorded: versions.length > 0, ...(await this.formModel(lang, refused)) },
        nextId: nextGoalId([...draft, ...versions.flatMap(({ goals }) => goals)].map(({ id }) => id)),
        groups: groups.map(({ name, goals }) => ({
          name,
          items: goals.map((goal, at) => ({
            label: this.words.say(lang, 'write.goal', { number: at + 1 }),
            ...{ value: goal.text, note: this.words.signs(lang, goal) },
            actionHref: `/werkplan/${year}/doelen/${goal.id}`,
            actionLabel: this.words.say(lang, 'write.change'),
          })),
        })),
      },
      refused ? 422 : 200,
    )
  }

  private async editPage(lang: Language, plan: WorkPlan, id: string, refused?: RefusedForm): Promise<Page> {
    const goal = plan.draft.find((one) => one.id === id)
    if (!goal) throw new NotFoundException()
    const model = {
      title: this.words.say(lang, 'write.changeTitle'),
      ...{ year: plan.year, goal, ...(await this.formModel(lang, refused)) },
      ...{ seen: fingerprint(goal), areaValue: goal.area ?? CITY, ids: goal.indicators.join(', ') },
    }
    return page(`${VIEWS}/goal.hbs`, model, refused ? 422 : 200)
  }

  private async formModel(lang: Language, refused?: RefusedForm) {
    const areas = await this.words.areasInOrder()
    return {
      areas: [
        { value: CITY, label: this.words.say(lang, 'city') },
        ...areas.map(({ slug, name }) => ({ value: slug, label: name })),
      ],
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
  }
}

function readGoal({
  gebied = '',
  doel = '',
  blijkt = '',
  indicatoren = '',
}: Record<string, string>): GoalText {
  const written = (text: string) => text.replace(/\s+/g, ' ').trim()
  const area = gebied === CITY ? null : gebied
  return { area, text: written(doel), sign: written(blijkt), indicators: readIndicators(indicatoren) }
}
