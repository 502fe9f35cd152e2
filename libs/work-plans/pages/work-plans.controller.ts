import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { textDifference } from '#assemblies'
import { Files, fileReply } from '#files'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  type Download,
  filesTo,
  Lang,
  type Language,
  longDay,
  type Page,
  page,
  type RefusedForm,
  type SeeOther,
  TakesFiles,
  thenTo,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { PLAN_FILE, PlanAgreeing } from '../agreeing.service.js'
import { type Goal, saysTheSame } from '../rules/goals.js'
import { PlanPage } from './plan-page.js'
import { dayOfForm, PlanWords, VIEWS } from './plan-words.js'

const ONE_FILE = { maxFiles: 1, maxFileBytes: PLAN_FILE.maxBytes, maxFormBytes: PLAN_FILE.maxBytes }

/** The plan of each year: reading it, recording it as agreed, and the gemeente's own answer. */
@Controller('werkplan')
export class WorkPlansController {
  constructor(
    @Inject(PlanPage) private readonly pages: PlanPage,
    @Inject(PlanWords) private readonly words: PlanWords,
    @Inject(PlanAgreeing) private readonly agreeing: PlanAgreeing,
    @Inject(Files) private readonly files: Files,
  ) {}

  @Get()
  list(@Lang() lang: Language): Promise<Page> {
    return this.pages.list(lang)
  }

  @Get(':jaar')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, await this.words.find(year))
  }

  /** What was signed with the gemeente. */
  @Get(':jaar/versies/:nummer/afspraak.pdf')
  async pdf(@Param('jaar') year: string, @Param('nummer') number: string): Promise<Download> {
    const found = (await this.words.find(year)).versions.find(({ version }) => String(version) === number)
    const file = found && (await this.files.read(found.fileId))
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  /** A version, with what it changed of the one before. */
  @Get(':jaar/versies/:nummer')
  async version(
    @Lang() lang: Language,
    @Param('jaar') year: string,
    @Param('nummer') number: string,
  ): Promise<Page> {
    const plan = await this.words.find(year)
    const shown = plan.versions.find(({ version }) => String(version) === number)
    if (!shown) throw new NotFoundException()
    const before = plan.versions[shown.version - 2]?.goals ?? null
    return page(`${VIEWS}/version.hbs`, {
      title: this.words.say(lang, 'version.title', { version: shown.version, year }),
      ...{ year, shown, first: before === null },
      agreedOn: longDay(lang, shown.agreedOn),
      answerText: shown.given
        ? this.words.say(lang, `timeline.${shown.given.answer}`, { by: shown.given.name })
        : this.words.say(lang, 'state.waiting'),
      goals: shown.goals.map((goal) => ({ ...goal, signs: this.words.signs(lang, goal) })),
      changes: before && (await this.changes(lang, before, shown.goals)),
    })
  }

  /** Records the goals as agreed. A version that is there already is not recorded again. */
  @Post(':jaar/versies')
  @TakesFiles(ONE_FILE)
  async record(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const plan = await this.words.find(year)
    const { vingerafdruk = '', dag, reden = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, plan, refused)
    return answerForm(
      body,
      again,
      thenTo(`/werkplan/${year}`, async () => {
        const on = dayOfForm(dag)
        if (!on) throw RuleViolated.of('workPlan.dayNeeded', {}, 'dag')
        const [file] = uploadsOf(body, 'afspraak')
        if (!file) throw RuleViolated.of('workPlan.fileNeeded', {}, 'afspraak')
        await this.agreeing.record(plan.year, { sha256: vingerafdruk, on, reason: reden, file }, visitor)
      }),
      filesTo('afspraak'),
    )
  }

  /** The gemeente confirms or refuses the version on the screen. A repeat changes nothing. */
  @Post(':jaar/bevestiging')
  async answer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const plan = await this.words.find(year)
    const { vingerafdruk = '', antwoord, toelichting = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, plan, refused)
    return answerForm(
      body,
      again,
      thenTo(`/werkplan/${year}`, async () => {
        if (antwoord !== 'agreed' && antwoord !== 'refused')
          throw RuleViolated.of('workPlan.answerNeeded', {}, 'antwoord')
        const said = { sha256: vingerafdruk, answer: antwoord, note: toelichting } as const
        await this.agreeing.answer(plan.year, said, visitor)
      }),
    )
  }

  private async changes(lang: Language, before: readonly Goal[], after: readonly Goal[]) {
    const ids = [...new Set([...before, ...after].map(({ id }) => id))]
    const changed = ids.map((id) => {
      const [was, is] = [before, after].map((goals) => goals.find((goal) => goal.id === id) ?? null)
      return { was: was ?? null, is: is ?? null }
    })
    const real = changed.filter(({ was, is }) => !was || !is || !saysTheSame(was, is))
    return Promise.all(
      real.map(async ({ was, is }) => ({
        area: await this.words.areaName(lang, (is ?? was)!.area),
        difference: textDifference(this.plain(lang, was), this.plain(lang, is)),
      })),
    )
  }

  private plain(lang: Language, goal: Goal | null): string {
    return goal ? `${goal.text} ${this.words.signs(lang, goal)}`.trim() : ''
  }
}
