import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { Files, fileReply } from '#files'
import { RuleViolated } from '#kernel'
import {
  answerForm,
  CurrentVisitor,
  type Download,
  filesTo,
  isId,
  Lang,
  type Language,
  type Page,
  type RefusedForm,
  type SeeOther,
  TakesFiles,
  thenTo,
  typedFields,
  uploadsOf,
  type Visitor,
} from '#platform'
import { EVIDENCE_FILE, MOST_EVIDENCE_FILES, PlanJudging } from '../judging.service.js'
import { judgementPath } from '../plan-notices.js'
import { type Verdict, verdicts } from '../rules/judging.js'
import type { JudgedGoal, WorkPlan } from '../work-plans.service.js'
import { JudgementPage } from './judgement-page.js'
import { PlanWords } from './plan-words.js'

const EVIDENCE = {
  ...{ maxFiles: MOST_EVIDENCE_FILES, maxFileBytes: EVIDENCE_FILE.maxBytes },
  maxFormBytes: MOST_EVIDENCE_FILES * EVIDENCE_FILE.maxBytes,
}

/** How far a goal was reached: both views, and the forms of whose turn it is. */
@Controller('werkplan/:jaar/doelen/:doel')
export class JudgingController {
  constructor(
    @Inject(PlanWords) private readonly words: PlanWords,
    @Inject(PlanJudging) private readonly judging: PlanJudging,
    @Inject(Files) private readonly files: Files,
    @Inject(JudgementPage) private readonly pages: JudgementPage,
  ) {}

  @Get('oordeel')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('doel') id: string,
  ): Promise<Page> {
    return this.pages.show(lang, visitor, ...(await this.find(year, id)))
  }

  /** Proposes a judgement. The same form sent twice proposes one. */
  @Post('oordeel')
  @TakesFiles(EVIDENCE)
  async propose(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('doel') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const [plan, goal] = await this.find(year, id)
    const { oordeel = '', bewijs = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, plan, goal, refused)
    const work = async () => {
      if (!verdicts.includes(oordeel as Verdict))
        throw RuleViolated.of('judgement.verdictNeeded', {}, 'oordeel')
      const given = { verdict: oordeel as Verdict, evidence: bewijs, files: uploadsOf(body, 'bestanden') }
      await this.judging.propose(plan.year, id, given, visitor)
    }
    return answerForm(body, again, thenTo(judgementPath(plan.year, id), work), filesTo('bestanden'))
  }

  /** Confirms or disputes the judgement that was on the screen. A repeat changes nothing. */
  @Post('oordeel/:nummer/antwoord')
  async answer(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('doel') id: string,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const [plan, goal] = await this.find(year, id)
    const { antwoord, zienswijze = '' } = typedFields(body)
    const again = (refused: RefusedForm) => this.pages.show(lang, visitor, plan, goal, refused)
    return answerForm(
      body,
      again,
      thenTo(judgementPath(plan.year, id), async () => {
        if (antwoord !== 'confirmed' && antwoord !== 'disputed')
          throw RuleViolated.of('judgement.answerNeeded', {}, 'antwoord')
        await this.judging.answer(
          plan.year,
          id,
          Number(number),
          { answer: antwoord, view: zienswijze },
          visitor,
        )
      }),
    )
  }

  @Get('bewijs/:bestand')
  async evidence(
    @Param('jaar') year: string,
    @Param('doel') id: string,
    @Param('bestand') fileId: string,
  ): Promise<Download> {
    const [, { judgements }] = await this.find(year, id)
    const isOurs = isId(fileId) && judgements.some(({ fileIds }) => fileIds.includes(fileId))
    const file = isOurs ? await this.files.read(fileId) : null
    if (!file) throw new NotFoundException()
    return fileReply(file)
  }

  private async find(year: string, id: string): Promise<[WorkPlan, JudgedGoal]> {
    const plan = await this.words.find(year)
    const goal = plan.goals.find((one) => one.id === id)
    if (!goal) throw new NotFoundException()
    return [plan, goal]
  }
}
