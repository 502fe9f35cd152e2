import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated, type Violation } from '#kernel'
import {
  CurrentVisitor,
  Database,
  Download,
  formErrors,
  Lang,
  type Language,
  longDay,
  Messages,
  moment,
  type Page,
  page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { DecisionEvidence } from '../decisions/decision-evidence.service.js'
import { Rulings } from '../decisions/rulings.service.js'
import { WrittenOrigins } from '../decisions/written-origins.js'
import { Deeds } from '../motions/deeds.service.js'
import { AssemblyReading } from '../reading.service.js'
import type { DecisionEffect } from '../rules/decision-effect.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { RegisteredDecision } from '../store/decision.store.js'
import type { DecisionCourse } from '../store/ruling.store.js'
import { aftermathView, courseNote } from './aftermath-view.js'
import { readDeedForm } from './deed-form.js'
import { type Text, textsOf } from './page-text.js'
import { votedText } from './poll-page.js'

const VIEWS = 'libs/assemblies/pages/views'

/** The register of decisions. */
@Controller('besluiten')
export class DecisionsController {
  constructor(
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(DecisionEvidence) private readonly evidence: DecisionEvidence,
    @Inject(Deeds) private readonly deeds: Deeds,
    @Inject(Rulings) private readonly rulings: Rulings,
    @Inject(WrittenOrigins) private readonly written: WrittenOrigins,
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** `?q=` looks in titles and questions, `?jaar=` keeps one year; what isn't a year is no filter. */
  @Get()
  async list(@Lang() lang: Language, @Query('q') q?: unknown, @Query('jaar') year?: unknown): Promise<Page> {
    const text = textsOf(this.messages, lang)
    const search = typeof q === 'string' ? q.trim().slice(0, 100) : ''
    const years = await this.reading.decisionYears()
    const chosen = years.find((one) => String(one) === year) ?? null
    const decisions = await this.reading.decisions(search, chosen)
    const effects = await this.deeds.effectsOf(decisions.map(({ id }) => id))
    const courses = await this.rulings.courses(decisions.map(({ id }) => id))
    return page(`${VIEWS}/decisions.hbs`, {
      title: text('decisions.title'),
      search,
      chosen: chosen === null ? '' : String(chosen),
      years: years.map((one) => ({ value: String(one), label: String(one) })),
      filtered: search !== '' || chosen !== null,
      columns: [
        { label: text('decisions.number') },
        { label: text('decisions.subject') },
        { label: text('decisions.outcome') },
        { label: text('decisions.decidedOn'), kind: 'day' },
      ],
      rows: decisions.map((decision) =>
        row(text, decision, effects.get(decision.id), courses.get(decision.id)),
      ),
    })
  }

  @Get(':nummer')
  async show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
  ): Promise<Page> {
    return this.page(lang, visitor, number)
  }

  /** Enters the day of the deed of a change of the statutes. The same day again records nothing. */
  @Post(':nummer/akte')
  async enterDeed(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('nummer') number: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const decision = await this.reading.decision(number)
    if (!decision) throw new NotFoundException()
    const typed = typedFields(body)
    const form = readDeedForm(typed)
    if (!form.ok) return this.page(lang, visitor, number, { typed, violations: form.errors })
    try {
      await this.deeds.enter(decision.id, form.value.day, form.value.notary, visitor)
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
      return this.page(lang, visitor, number, { typed, violations: error.violations })
    }
    return seeOther(`/besluiten/${number}#akte`)
  }

  private async page(
    lang: Language,
    visitor: Visitor,
    number: string,
    refused?: { typed: Record<string, string>; violations: readonly Violation[] },
  ): Promise<Page> {
    const decision = await this.reading.decision(number)
    const text = textsOf(this.messages, lang)
    const origin = decision && (await this.origin(text, decision, number))
    if (!decision || !origin) throw new NotFoundException()
    const model = {
      title: decision.title,
      aftermath: aftermathView(text, number, await this.rulings.aftermath(decision), lang),
      pre: text('decisions.pre', { number }),
      decision,
      summary: [
        { label: text('decisions.decidedOn'), value: longDay(lang, decision.decidedOn) },
        ...origin.summary,
        { label: text('decisions.proofHash'), value: (await this.evidence.of(number))!.hash },
      ],
      ...origin.page,
      ...(await this.deedPart(text, decision, visitor, lang)),
      typed: refused?.typed ?? {},
      errors: refused ? formErrors(this.messages, lang, refused.violations) : null,
    }
    return page(`${VIEWS}/decision.hbs`, model, refused ? 422 : 200)
  }

  /** Where a decision comes from: a poll in an assembly, or the answers of all members without a meeting. */
  private async origin(text: Text, decision: RegisteredDecision, number: string) {
    const link = (href: string, key: string) => ({ href, label: text(key) })
    const proof = { ...link(`/besluiten/${number}/bewijs.zip`, 'decisions.proof'), download: true }
    const rulings = link(`/besluiten/${number}/rectificaties`, 'ruling.title')
    if (decision.writtenDecisionId) {
      const written = await this.written.find(decision.writtenDecisionId, this.database.read)
      if (!written) return null
      const { reason, reasoning, answers, href } = written
      return {
        summary: [
          { label: text('decisions.assembly'), value: text('written.noMeeting'), href },
          { label: text('decisions.votes'), value: text('written.answers', answers) },
        ],
        page: {
          ...{ reason, explanation: reasoning, votedText: decision.text, difference: null },
          links: [link(href, 'written.page'), rulings, proof],
        },
      }
    }
    const poll = decision.pollId ? await this.reading.poll(decision.pollId) : null
    const declared = poll && (await this.reading.result(poll.id))
    if (!poll || !declared) return null
    const { tally, reason } = declared.result
    return {
      summary: [
        { label: text('decisions.assembly'), value: poll.assemblyTitle, href: `/alv/${poll.assemblyId}` },
        {
          ...{ label: text('decisions.votes'), value: text('decisions.tally', { ...tally }) },
          note: poll.method === 'paper' ? text('paper.declaredOnPaper') : undefined,
        },
      ],
      page: {
        ...{ reason, explanation: poll.explanation, ...votedText(poll) },
        links: [
          link(`/stemmingen/${poll.id}`, 'motion.toResult'),
          link(`/voorstellen/${poll.motionId}`, 'motions.page'),
          link(`/stemmingen/${poll.id}/wie-stemde-wat`, 'rollCall.title'),
          ...[rulings, proof],
        ],
      },
    }
  }

  /** Whether an adopted change of the statutes is in force, and the form to enter its deed. */
  private async deedPart(text: Text, decision: RegisteredDecision, visitor: Visitor, lang: Language) {
    const effect = (await this.deeds.effectsOf([decision.id])).get(decision.id)
    const deeds = await this.deeds.of(decision.id)
    const last = deeds.at(-1)
    const needed = effect === 'notYetInForce' || effect === 'inForceByDeed'
    return {
      notYetInForce: effect === 'notYetInForce',
      deed: last && {
        since: text('deeds.since', { day: longDay(lang, last.deedOn) }),
        notary: last.notary,
        recorded: text('deeds.recorded', { at: moment(lang, last.recordedAt) }),
        earlier: deeds
          .slice(0, -1)
          .map(({ deedOn, notary }) => text('deeds.earlier', { day: longDay(lang, deedOn), notary })),
      },
      deedForm: needed &&
        visitor.has('secretary', 'director') && {
          action: `/besluiten/${formatDecisionNumber(decision)}/akte`,
          verb: text(last ? 'deeds.correct' : 'deeds.verb'),
        },
    }
  }

  /** All that a decision rests on, to count it again elsewhere: `samen verify decision`. */
  @Get(':nummer/bewijs.zip')
  async proof(@Param('nummer') number: string): Promise<Download> {
    const proof = await this.evidence.of(number)
    if (!proof) throw new NotFoundException()
    return new Download(`besluit-${number}.zip`, 'application/zip', proof.zip)
  }
}

function row(text: Text, decision: RegisteredDecision, effect?: DecisionEffect, course?: DecisionCourse) {
  const waits = effect === 'notYetInForce'
  const number = formatDecisionNumber(decision)
  return [
    { value: number, href: `/besluiten/${number}` },
    { value: decision.title, note: decision.question },
    {
      value: text(waits ? 'deeds.short' : decision.adopted ? 'motion.adopted' : 'motion.rejected'),
      tone: waits ? 'warn' : decision.adopted ? 'good' : 'bad',
      note: courseNote(text, course),
    },
    decision.decidedOn,
  ]
}
