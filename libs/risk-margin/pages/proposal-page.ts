import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { rateText, shortAmount } from '#guarantees'
import { People } from '#identity'
import { formErrors, isId, type Language, Messages, type Page, page, type Visitor } from '#platform'
import { type Proposal, payoutReference, proposalPath, RiskMargin } from '../risk-margin.service.js'
import { thaw } from '../rules/frozen-inputs.js'
import { type Refused, VIEWS } from './margin-page.js'
import { ownRows, partRows, partsTable } from './part-rows.js'
import { stateOf } from './proposal-state.js'

/** Builds the page of one proposal, also when an act on it was refused. */
@Injectable()
export class ProposalPage {
  constructor(
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** @throws NotFoundException when the year has no such proposal */
  async build(
    lang: Language,
    visitor: Visitor,
    year: string,
    id: string,
    refused?: Refused,
    status = 200,
  ): Promise<Page> {
    const { proposal, parts } = await this.find(year, id)
    const text = this.messages.under(lang, 'risk-margin')
    const rows = partRows(text, proposal, parts)
    const { key, tone } = stateOf(proposal)
    const inputs = thaw(proposal.inputs)
    const mayAct = visitor.has('director') && !proposal.withdrawal && !proposal.posting
    const title = text('proposal.heading', {
      amount: shortAmount(proposal.amountCents),
      count: rows.length,
    })
    const model = {
      title,
      year: proposal.year,
      actionPath: proposalPath(proposal),
      state: text(`state.${key}`),
      stateTone: tone,
      payoutReference: payoutReference(proposal.year),
      proposal,
      inputs: { ...inputs, rate: rateText(inputs.rate), sharers: text(`sharers.${inputs.sharers}`) },
      names: await this.names(proposal),
      parts: partsTable(text, rows),
      own:
        key === 'withdrawn' || key === 'rejected'
          ? []
          : ownRows(rows, visitor).map((row) => ({ ...row, ...ownPanel(key) })),
      mayPay: mayAct && proposal.decision?.adopted === true,
      mayWithdraw: mayAct && proposal.decision === null,
      typed: refused?.typed ?? null,
      errors: formErrors(this.messages, lang, refused?.violations ?? []),
    }
    return page(`${VIEWS}/proposal.hbs`, model, status)
  }

  /** @throws NotFoundException when the year has no such proposal */
  async find(year: string, id: string) {
    const found = isId(id) ? await this.riskMargin.proposal(id) : null
    if (!found || String(found.proposal.year) !== year) throw new NotFoundException()
    return found
  }

  private async names({ proposedBy, posting }: Proposal) {
    const named = await this.people.named([proposedBy, ...(posting ? [posting.postedBy] : [])])
    return {
      proposedBy: named.get(proposedBy)?.name ?? '',
      postedBy: posting ? named.get(posting.postedBy)?.name : '',
    }
  }
}

/** What a member is told of its own part: certain only once the assembly adopted it. */
function ownPanel(state: string): { heading: string; tone: string } {
  return state === 'proposed'
    ? { heading: 'expected', tone: 'neutral' }
    : { heading: 'heading', tone: 'good' }
}
