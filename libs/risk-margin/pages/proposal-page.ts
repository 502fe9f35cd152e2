import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { rateText, shortAmount } from '#guarantees'
import { People } from '#identity'
import {
  formErrors,
  Ids,
  isId,
  type Language,
  Messages,
  moment,
  type Page,
  page,
  type Text,
  type Visitor,
} from '#platform'
import { Objections } from '../objections.service.js'
import { ProposalInputs } from '../proposal-inputs.service.js'
import { type Proposal, payoutReference, proposalPath, RiskMargin } from '../risk-margin.service.js'
import type { FrozenClosing } from '../rules/closing-proof.js'
import { type DistributionInputs, thaw } from '../rules/frozen-inputs.js'
import { otherReadings } from '../rules/other-readings.js'
import { YearClose } from '../year-close.service.js'
import { VIEWS } from './margin-page.js'
import { otherReadingsTable } from './other-readings-table.js'
import { earnedBackTable, ownRows, type PartRow, partRows, partsTable } from './part-rows.js'
import { stateOf } from './proposal-state.js'
import { type Refused, typedIn } from './refused.js'

export const WITHDRAWAL_FORM = 'intrekking'
export const OBJECTION_FORM = 'bezwaar'

/** Builds the page of one proposal, also when an act on it was refused. */
@Injectable()
export class ProposalPage {
  constructor(
    @Inject(RiskMargin) private readonly riskMargin: RiskMargin,
    @Inject(ProposalInputs) private readonly inputs: ProposalInputs,
    @Inject(Objections) private readonly objections: Objections,
    @Inject(YearClose) private readonly yearClose: YearClose,
    @Inject(People) private readonly people: People,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Ids) private readonly ids: Ids,
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
    const { proposal, ...division } = await this.find(year, id)
    const text = this.messages.under(lang, 'risk-margin')
    const rows = partRows(text, proposal, division)
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
      inputs: {
        ...{ ...inputs, rate: rateText(inputs.rate), sharers: text(`sharers.${inputs.sharers}`) },
        reference: text(`reference.${inputs.reference}`),
      },
      frozenOpen: (inputs.openConditions ?? []).map((item) => text(`close.items.${item}`)),
      openNow: await this.openNow(text, proposal, mayAct),
      closing: closingLines(text, await this.riskMargin.closing(id)),
      earnedBack: earnedBackTable(text, proposal, division),
      readings: await this.readings(text, inputs),
      objections: (await this.objections.of(id)).map(({ member, name, reason, recordedAt }) => ({
        ...{ when: moment(lang, recordedAt), heading: member, text: reason },
        by: name,
      })),
      objecting: this.objecting(visitor, proposal, rows, refused),
      names: await this.names(proposal),
      parts: partsTable(text, rows),
      own:
        key === 'withdrawn' || key === 'rejected'
          ? []
          : ownRows(rows, visitor).map((row) => ({ ...row, ...ownPanel(key) })),
      mayPay: mayAct && proposal.decision?.adopted === true,
      mayWithdraw: mayAct && proposal.decision === null,
      typed: typedIn(WITHDRAWAL_FORM, refused),
      errors: formErrors(this.messages, lang, refused?.violations ?? []),
    }
    return page(`${VIEWS}/proposal.hbs`, model, status)
  }

  /** What the other readings of the statutes would give, of a proposal that has a snapshot. */
  private async readings(text: Text, inputs: DistributionInputs) {
    const snapshot = await this.inputs.snapshotOf(inputs)
    if (!snapshot) return null
    const carriers = await this.inputs.carriers(snapshot)
    return otherReadingsTable(text, otherReadings(inputs, snapshot, carriers))
  }

  /** What stands in the way of paying now, for who would pay. */
  private async openNow(text: Text, { year, decision }: Proposal, mayAct: boolean): Promise<string[]> {
    if (!mayAct || !decision?.adopted) return []
    return (await this.yearClose.of(year)).open.map((item) => text(`close.items.${item}`))
  }

  /** The form to object, for who acts for a member, while the proposal is there. */
  private objecting(visitor: Visitor, proposal: Proposal, rows: readonly PartRow[], refused?: Refused) {
    const members = visitor.scopesOf('delegate')
    const ended = proposal.withdrawal || proposal.posting || proposal.decision?.adopted === false
    if (members.length === 0 || ended) return null
    const typed = typedIn(OBJECTION_FORM, refused)
    return {
      members: members.map((id) => ({
        value: id,
        label: rows.find(({ memberId }) => memberId === id)?.name ?? visitor.name,
      })),
      single: members.length === 1 ? members[0] : null,
      typed,
      requestKey: isId(typed?.verzoek) ? typed.verzoek : this.ids.next(),
    }
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

/** How the year was closed when this was booked, an item a line; empty before that. */
function closingLines(text: Text, closing: FrozenClosing | null): string[] {
  return (closing?.items ?? []).map(({ item, waivedBy }) => {
    const state = waivedBy ? text('close.waivedBy', { number: waivedBy }) : text('close.states.met')
    return `${text(`close.items.${item}`)}: ${state}`
  })
}

/** What a member is told of its own part: certain only once the assembly adopted it. */
function ownPanel(state: string): { heading: string; tone: string } {
  return state === 'proposed'
    ? { heading: 'expected', tone: 'neutral' }
    : { heading: 'heading', tone: 'good' }
}
