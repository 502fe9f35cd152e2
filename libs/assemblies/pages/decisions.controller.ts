import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common'
import { Download, Lang, type Language, longDay, Messages, type Page, page } from '#platform'
import { DecisionEvidence } from '../decision-evidence.service.js'
import { AssemblyReading } from '../reading.service.js'
import { formatDecisionNumber } from '../rules/decision-number.js'
import type { RegisteredDecision } from '../store/decision.store.js'
import { type Text, textsOf } from './page-text.js'

const VIEWS = 'libs/assemblies/pages/views'

/** The register of decisions. */
@Controller('besluiten')
export class DecisionsController {
  constructor(
    @Inject(AssemblyReading) private readonly reading: AssemblyReading,
    @Inject(DecisionEvidence) private readonly evidence: DecisionEvidence,
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
      rows: decisions.map((decision) => row(text, decision)),
    })
  }

  @Get(':nummer')
  async show(@Lang() lang: Language, @Param('nummer') number: string): Promise<Page> {
    const decision = await this.reading.decision(number)
    const poll = decision && (await this.reading.poll(decision.pollId))
    const declared = decision && (await this.reading.result(decision.pollId))
    if (!decision || !poll || !declared) throw new NotFoundException()
    const text = textsOf(this.messages, lang)
    const { tally, reason } = declared.result
    return page(`${VIEWS}/decision.hbs`, {
      title: decision.title,
      pre: text('decisions.pre', { number }),
      decision,
      poll,
      reason,
      summary: [
        { label: text('decisions.decidedOn'), value: longDay(lang, decision.decidedOn) },
        { label: text('decisions.assembly'), value: poll.assemblyTitle, href: `/alv/${poll.assemblyId}` },
        { label: text('decisions.votes'), value: text('decisions.tally', { ...tally }) },
        { label: text('decisions.proofHash'), value: (await this.evidence.of(number))!.hash },
      ],
      proofHref: `/besluiten/${number}/bewijs.zip`,
    })
  }

  /** All that a decision rests on, to count it again elsewhere: `samen verify decision`. */
  @Get(':nummer/bewijs.zip')
  async proof(@Param('nummer') number: string): Promise<Download> {
    const proof = await this.evidence.of(number)
    if (!proof) throw new NotFoundException()
    return new Download(`besluit-${number}.zip`, 'application/zip', proof.zip)
  }
}

function row(text: Text, decision: RegisteredDecision) {
  const number = formatDecisionNumber(decision)
  return [
    { value: number, href: `/besluiten/${number}` },
    { value: decision.title, note: decision.question },
    {
      value: text(decision.adopted ? 'motion.adopted' : 'motion.rejected'),
      tone: decision.adopted ? 'good' : 'bad',
    },
    decision.decidedOn,
  ]
}
