import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Assemblies } from '#assemblies'
import { rateText, shortAmount } from '#guarantees'
import { formatCents } from '#kernel'
import {
  dayInDigits,
  formErrors,
  Ids,
  isId,
  type Language,
  Messages,
  type Page,
  page,
  type Text,
  type Visitor,
} from '#platform'
import { type MarginOfYear, proposalPath, RiskMargin } from '../risk-margin.service.js'
import { stepsAt } from '../rules/margin.js'
import { ownRows, partRows, partsTable } from './part-rows.js'
import { stateOf } from './proposal-state.js'
import { type Refused, typedIn } from './refused.js'
import { UseParts } from './use-parts.js'

export const VIEWS = 'libs/risk-margin/pages/views'
export const PROPOSAL_FORM = 'voorstel'

/** Builds the page /risicomarge/:jaar, also when a proposal was refused (422). */
@Injectable()
export class MarginPage {
  constructor(
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(Assemblies) private readonly assemblies: Assemblies,
    @Inject(UseParts) private readonly useParts: UseParts,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Ids) private readonly ids: Ids,
  ) {}

  /** @throws NotFoundException when no subsidy was awarded for the year */
  async build(lang: Language, visitor: Visitor, year: string, refused?: Refused): Promise<Page> {
    const margin = /^\d{4}$/.test(year) ? await this.riskMargin.ofYear(Number(year)) : null
    if (!margin) throw new NotFoundException()
    const text = this.messages.under(lang, 'risk-margin')
    const isDirector = visitor.has('director')
    const model = {
      title: text('year.heading', { year, amount: shortAmount(margin.marginCents) }),
      year: margin.subsidy.year,
      otherYears: (await this.riskMargin.years()).filter((one) => one !== margin.subsidy.year),
      subsidyCents: margin.subsidy.awardedCents,
      marginCents: margin.marginCents,
      rate: rateText(margin.rate.value),
      article: margin.rate.article,
      figures: [
        {
          value: formatCents(margin.marginCents),
          label: text('figures.margin', { rate: rateText(margin.rate.value) }),
        },
        { value: formatCents(margin.spentCents), label: text('figures.spent') },
        { value: formatCents(margin.unspentCents), label: text('figures.unspent') },
      ],
      steps: this.steps(text, margin),
      stage: margin.stage,
      liveHref: margin.live ? proposalPath(margin.live) : null,
      proposals: margin.proposals.map((proposal) => ({
        href: proposalPath(proposal),
        proposedAt: proposal.proposedAt,
        amountCents: proposal.amountCents,
        state: text(`state.${stateOf(proposal).key}`),
        tone: stateOf(proposal).tone,
      })),
      proposing:
        isDirector && (margin.stage === 'toPropose' || refused?.form === PROPOSAL_FORM)
          ? await this.form(typedIn(PROPOSAL_FORM, refused))
          : null,
      ...(await this.useParts.build(text, lang, visitor, margin, refused)),
      ...(await this.paid(text, margin, visitor)),
      errors: formErrors(this.messages, lang, refused?.violations ?? []),
    }
    return page(`${VIEWS}/margin.hbs`, model, refused ? 422 : 200)
  }

  private steps(text: Text, { stage, subsidy: { year } }: MarginOfYear) {
    return stepsAt(stage).map(({ step, state }) => ({
      when: text(`steps.${state}`),
      heading: text(`steps.${step}.heading`),
      text: text(`steps.${step}.text`),
      tone: state === 'done' ? 'good' : state === 'now' ? 'warn' : undefined,
      ...(step === 'payout'
        ? { href: `/risicomarge/${year}/jaarafsluiting`, linkLabel: text('close.link', { year }) }
        : {}),
    }))
  }

  private async form(typed: Record<string, string> | null) {
    const assemblies = await this.assemblies.runningOrUpcoming()
    return {
      assemblies: assemblies.map(({ id, title, heldOn }) => ({
        value: id,
        label: `${title}, ${dayInDigits(heldOn)}`,
      })),
      chosen: assemblies.length === 1 ? assemblies[0]!.id : '',
      requestKey: isId(typed?.verzoek) ? typed.verzoek : this.ids.next(),
      typed,
    }
  }

  /** After the payout: the own amounts on top; all of them for the director. */
  private async paid(text: Text, { live, stage }: MarginOfYear, visitor: Visitor) {
    const found = stage === 'paid' && live ? await this.riskMargin.proposal(live.id) : null
    if (!found) return { own: [], parts: null }
    const rows = partRows(text, found.proposal, found)
    return {
      own: ownRows(rows, visitor),
      parts: visitor.has('director') ? partsTable(text, rows) : null,
      postedAt: found.proposal.posting?.postedAt ?? null,
    }
  }
}
