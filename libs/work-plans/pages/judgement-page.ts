import { Inject, Injectable } from '@nestjs/common'
import { Files, type StoredFile } from '#files'
import {
  Clock,
  formErrors,
  type Language,
  moment,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { PlanJudging } from '../judging.service.js'
import { checkAnswer, checkJudge, checkProposing, verdicts } from '../rules/judging.js'
import type { StoredJudgement } from '../store/judgement.store.js'
import { endOf, type JudgedGoal, type WorkPlan } from '../work-plans.service.js'
import { PlanWords, VIEWS } from './plan-words.js'

/** One goal with every judgement of it, and the form of whose turn it is. */
@Injectable()
export class JudgementPage {
  constructor(
    @Inject(PlanWords) private readonly words: PlanWords,
    @Inject(PlanJudging) private readonly judging: PlanJudging,
    @Inject(Files) private readonly files: Files,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async show(
    lang: Language,
    visitor: Visitor,
    plan: WorkPlan,
    goal: JudgedGoal,
    refused?: RefusedForm,
  ): Promise<Page> {
    const { year } = plan
    const judge = await this.judging.judge(year, visitor)
    const [obstacle] = judge.isJudge ? checkJudge(judge) : []
    const latest = goal.judgements.at(-1)
    const known = { agreed: plan.agreed !== null, yearEnd: endOf(year), last: goal.last }
    const badge = this.words.judgement(lang, goal)
    const model = {
      title: this.words.say(lang, 'judgement.title'),
      ...{ year, goal, stateText: badge.value, stateTone: badge.tone },
      area: await this.words.areaName(lang, goal.area),
      signs: this.words.signs(lang, goal),
      judgements: await this.shown(lang, year, goal),
      tooEarly: this.clock.today() <= endOf(year),
      mayPropose:
        visitor.has('director', 'serviceTeam') && checkProposing(known, '-', this.clock.today()).length === 0,
      again: goal.state === 'disputed',
      verdicts: verdicts.map((value) => ({ value, label: this.words.say(lang, `verdict.${value}`) })),
      mayAnswer:
        latest && checkAnswer(goal.last, judge, { answer: 'confirmed', view: '' }).length === 0
          ? latest.number
          : null,
      answers: ['confirmed', 'disputed'].map((value) => ({
        ...{ value, label: this.words.say(lang, `judgement.answer.${value}`) },
      })),
      obstacle: obstacle && goal.state === 'proposed' ? this.words.messages.violation(lang, obstacle) : null,
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/judgement.hbs`, model, refused ? 422 : 200)
  }

  /** Every judgement with what was said of it, the last one first. */
  private async shown(lang: Language, year: number, { id, judgements }: JudgedGoal) {
    const files = await this.files.about(judgements.flatMap(({ fileIds }) => fileIds))
    return judgements.toReversed().map((judgement) => {
      const { number, verdict, name, proposedAt, evidence, given } = judgement
      const word = this.words.say(lang, `verdict.${verdict}`)
      return {
        heading: this.words.say(lang, 'judgement.proposed', { number, verdict: word }),
        ...{ evidence, by: this.words.say(lang, 'judgement.by', { name, when: moment(lang, proposedAt) }) },
        files: filesOf(judgement, files).map((file) => ({
          ...{ name: file.name, size: sizeText(lang, file.bytes) },
          href: file.erasedAt ? null : `/werkplan/${year}/doelen/${id}/bewijs/${file.id}`,
        })),
        answer: given && {
          heading: this.words.say(lang, `judgement.said.${given.answer}`, { name: given.name }),
          tone: given.answer === 'confirmed' ? 'good' : 'bad',
          ...{ view: given.view, when: moment(lang, given.answeredAt) },
        },
      }
    })
  }
}

function filesOf({ fileIds }: StoredJudgement, known: ReadonlyMap<string, StoredFile>): StoredFile[] {
  return fileIds.flatMap((id) => known.get(id) ?? [])
}

function sizeText(lang: Language, bytes: number): string {
  if (bytes < 100_000) return `${Math.ceil(bytes / 1000)} kB`
  const megabytes = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(bytes / 1_000_000)
  return `${megabytes} MB`
}
