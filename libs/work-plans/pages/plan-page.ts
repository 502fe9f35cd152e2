import { Inject, Injectable } from '@nestjs/common'
import { dayOf } from '#kernel'
import {
  Clock,
  formErrors,
  type Language,
  longDay,
  type Page,
  page,
  type RefusedForm,
  type Visitor,
} from '#platform'
import { planText } from '../agreeing.service.js'
import { judgementPath } from '../plan-notices.js'
import { checkRecording } from '../rules/course.js'
import { summaryOf } from '../rules/judging.js'
import { endOf, type PlanVersion, type WorkPlan, WorkPlans } from '../work-plans.service.js'
import { PlanWords, VIEWS } from './plan-words.js'

/** The list of years, and the plan of one year with what comes next. */
@Injectable()
export class PlanPage {
  constructor(
    @Inject(WorkPlans) private readonly plans: WorkPlans,
    @Inject(PlanWords) private readonly words: PlanWords,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(lang: Language): Promise<Page> {
    const all = await this.plans.all()
    const label = (key: string) => ({ label: this.words.say(lang, `label.${key}`) })
    return page(`${VIEWS}/list.hbs`, {
      title: this.words.say(lang, 'list.title'),
      columns: [label('year'), label('state'), { ...label('goals'), kind: 'number' }, label('judged')],
      rows: all.map((plan) => [
        { value: String(plan.year), href: `/werkplan/${plan.year}` },
        { value: this.words.state(lang, plan).label, tone: this.words.state(lang, plan).tone },
        plan.goals.length || plan.draft.length,
        this.judgedText(lang, plan),
      ]),
    })
  }

  async show(lang: Language, visitor: Visitor, plan: WorkPlan, refused?: RefusedForm): Promise<Page> {
    const { year, agreed, latest, state } = plan
    const writes = visitor.has('director', 'teamLead', 'serviceTeam')
    const badge = this.words.state(lang, plan)
    const waiting = state === 'waiting' ? latest : null
    const model = {
      title: this.words.say(lang, 'title', { year: String(year) }),
      ...{ year, stateText: badge.label, stateTone: badge.tone, writes, waiting },
      next: this.next(lang, plan),
      groups: await this.groups(lang, plan),
      agreedText: agreed && this.agreedText(lang, agreed),
      judgedText: agreed && this.judgedText(lang, plan),
      mayAnswer: waiting !== null && visitor.has('municipality'),
      answers: this.answers(lang),
      mayRecord: visitor.has('director') && this.canBeRecorded(plan),
      needsReason: latest !== null,
      draftSha256: planText(year, plan.draft).sha256,
      links: this.links(lang, plan, visitor),
      timeline: this.timeline(lang, plan),
      typed: refused?.typed ?? null,
      errors: refused ? formErrors(this.words.messages, lang, refused.errors) : null,
    }
    return page(`${VIEWS}/year.hbs`, model, refused ? 422 : 200)
  }

  /** Whether the draft says something that was not recorded yet. */
  private canBeRecorded({ year, draft, versions }: WorkPlan): boolean {
    const { sha256 } = planText(year, draft)
    const given = { goals: draft.length, sha256, agreedOn: '0001-01-01', reason: '-' }
    return checkRecording(versions, given, this.clock.today()).length === 0
  }

  private answers(lang: Language) {
    return ['agreed', 'refused'].map((value) => ({
      value,
      label: this.words.say(lang, `answer.${value}`),
    }))
  }

  /** What holds; before there is anything, what waits for the gemeente. */
  private async groups(lang: Language, plan: WorkPlan) {
    const { year, goals, agreed, latest } = plan
    const shown = agreed
      ? goals
      : (latest?.goals ?? []).map((goal) => ({
          ...goal,
          ...{ judgements: [], last: null, state: 'none' as const },
        }))
    const numbers = new Map(shown.map(({ id }, at) => [id, at + 1]))
    const label = (key: string) => ({ label: this.words.say(lang, `label.${key}`) })
    return (await this.words.grouped(lang, shown)).map(({ name, goals: ofArea }) => ({
      name,
      columns: [label('number'), label('goal'), ...(agreed ? [label('judgement')] : [])],
      rows: ofArea.map((goal) => [
        {
          value: this.words.say(lang, 'judgement.number', { number: numbers.get(goal.id)! }),
          ...(agreed ? { href: judgementPath(year, goal.id) } : {}),
        },
        { value: goal.text, note: this.words.signs(lang, goal) },
        ...(agreed ? [this.words.judgement(lang, goal)] : []),
      ]),
    }))
  }

  private next(lang: Language, { year, state, agreed, goals }: WorkPlan): string {
    if (state === 'waiting' && agreed) return this.words.say(lang, 'next.waitingAgain')
    if (state !== 'agreed') return this.words.say(lang, `next.${state}`)
    const { allJudged, metAll } = summaryOf(verdictsOf(goals))
    if (allJudged) return this.words.say(lang, metAll ? 'next.metAll' : 'next.notAllMet')
    if (this.clock.today() > endOf(year)) return this.words.say(lang, 'next.judge')
    return this.words.say(lang, 'next.carryOut', { day: longDay(lang, endOf(year)) })
  }

  private agreedText(lang: Language, { agreedOn, given, version }: PlanVersion): string {
    const values = { day: longDay(lang, agreedOn), by: given!.name, version }
    return this.words.say(lang, 'agreedText', values)
  }

  private judgedText(lang: Language, { goals }: WorkPlan): string {
    if (goals.length === 0) return this.words.say(lang, 'judged.nothing')
    const judged = goals.filter(({ state }) => state === 'confirmed').length
    return this.words.say(lang, 'judged.some', { judged, goals: goals.length })
  }

  private links(lang: Language, { year, agreed }: WorkPlan, visitor: Visitor) {
    const link = (href: string, key: string) => ({ href, label: this.words.say(lang, key) })
    const pdf = agreed && {
      ...link(`/werkplan/${year}/versies/${agreed.version}/afspraak.pdf`, 'links.pdf'),
      download: true,
    }
    return [
      link(`/werkplan/${year}/verdeling`, 'links.division'),
      ...(pdf ? [pdf] : []),
      ...(visitor.has('director', 'teamLead', 'serviceTeam')
        ? [link(`/werkplan/${year}/doelen`, 'links.write')]
        : []),
    ]
  }

  private timeline(lang: Language, { year, versions }: WorkPlan) {
    const say = (key: string, values?: Record<string, unknown>) =>
      this.words.say(lang, `timeline.${key}`, values)
    return versions.flatMap(({ version, recordedAt, agreedOn, reason, given }) => [
      {
        ...{ when: longDay(lang, dayOf(recordedAt)), at: dayOf(recordedAt) },
        heading: say('recorded', { version }),
        text: [say('agreedOn', { day: longDay(lang, agreedOn) }), reason].filter(Boolean).join(' '),
        ...{ href: `/werkplan/${year}/versies/${version}`, linkLabel: say('view', { version }) },
      },
      ...(given
        ? [
            {
              ...{ when: longDay(lang, dayOf(given.answeredAt)), at: dayOf(given.answeredAt) },
              heading: say(given.answer, { by: given.name, version }),
              ...{ text: given.note, tone: given.answer === 'agreed' ? 'good' : 'bad' },
            },
          ]
        : []),
    ])
  }
}

function verdictsOf(goals: WorkPlan['goals']) {
  return goals.map(({ state, last }) => ({ verdict: state === 'confirmed' ? last!.verdict : null }))
}
