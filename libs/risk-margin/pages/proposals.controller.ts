import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common'
import { z } from 'zod'
import { RuleViolated } from '#kernel'
import {
  CurrentVisitor,
  Download,
  isId,
  Lang,
  type Language,
  type Page,
  requiredText,
  type SeeOther,
  seeOther,
  type Visitor,
} from '#platform'
import { Distributions } from '../distributions.service.js'
import { Objections } from '../objections.service.js'
import { Payouts } from '../payouts.service.js'
import { DistributionProofs } from '../proofs.service.js'
import { answerForm } from './form-answer.js'
import { numberOf } from './margin.controller.js'
import { objectionForm, requestKey } from './margin-forms.js'
import { MarginPage, PROPOSAL_FORM } from './margin-page.js'
import { OBJECTION_FORM, ProposalPage, WITHDRAWAL_FORM } from './proposal-page.js'

const proposalForm = z.object({
  vergadering: z.string({ error: 'distribution.chooseAssembly' }).refine(isId, 'distribution.chooseAssembly'),
  verzoek: requestKey,
})

const withdrawalForm = z.object({ reden: requiredText(1000) })

/** Proposing, withdrawing and paying out the distribution of a year's margin. */
@Controller('risicomarge/:jaar/voorstellen')
export class ProposalsController {
  constructor(
    @Inject(Distributions) private readonly distributions: Distributions,
    @Inject(Payouts) private readonly payouts: Payouts,
    @Inject(Objections) private readonly objections: Objections,
    @Inject(DistributionProofs) private readonly proofs: DistributionProofs,
    @Inject(MarginPage) private readonly marginPage: MarginPage,
    @Inject(ProposalPage) private readonly proposalPage: ProposalPage,
  ) {}

  /**
   * Freezes a proposal and puts it on an agenda. Safe to repeat: the form carries a key, and a second request
   * with that key leads to the first proposal.
   */
  @Post()
  async propose(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const number = numberOf(year)
    let id = ''
    const answer = await answerForm(proposalForm, body, {
      form: PROPOSAL_FORM,
      act: async ({ vergadering: assemblyId, verzoek: requestKey }) => {
        ;({ id } = await this.distributions.propose(visitor, { year: number, assemblyId, requestKey }))
      },
      to: '',
      refuse: (refused) => this.marginPage.build(lang, visitor, year, refused),
    })
    return id ? seeOther(`/risicomarge/${year}/voorstellen/${id}`) : answer
  }

  @Get(':id')
  show(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('id') id: string,
  ): Promise<Page> {
    return this.proposalPage.build(lang, visitor, year, id)
  }

  /** The frozen inputs, byte for byte as they were hashed, so that anyone can compute them again. */
  @Get(':id/invoer.json')
  async inputs(@Param('jaar') year: string, @Param('id') id: string): Promise<Download> {
    const { proposal } = await this.proposalPage.find(year, id)
    return new Download(`risicomarge-${year}-invoer.json`, 'application/json; charset=utf-8', proposal.inputs)
  }

  /** Withdraws a proposal that the ALV does not vote on yet. A repeat changes nothing. */
  @Post(':id/intrekking')
  async withdraw(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    await this.proposalPage.find(year, id)
    return answerForm(withdrawalForm, body, {
      form: WITHDRAWAL_FORM,
      act: ({ reden }) => this.distributions.withdraw(visitor, id, reden),
      to: `/risicomarge/${year}/voorstellen/${id}`,
      refuse: (refused) => this.proposalPage.build(lang, visitor, year, id, refused, 422),
    })
  }

  /** Records what a member has against the proposal. Safe to repeat: the form carries a key. */
  @Post(':id/bezwaren')
  async object(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    await this.proposalPage.find(year, id)
    return answerForm(objectionForm, body, {
      form: OBJECTION_FORM,
      act: ({ lid: memberId, bezwaar: reason, verzoek: requestKey }) =>
        this.objections.record(visitor, id, { memberId, reason, requestKey }),
      to: `/risicomarge/${year}/voorstellen/${id}#bezwaren`,
      refuse: (refused) => this.proposalPage.build(lang, visitor, year, id, refused, 422),
    })
  }

  /** All that the distribution rests on, to compute it again elsewhere: `samen verify distribution`. */
  @Get(':id/bewijs.zip')
  async proof(@Param('jaar') year: string, @Param('id') id: string): Promise<Download> {
    await this.proposalPage.find(year, id)
    const zip = await this.proofs.of(id)
    if (!zip) throw new NotFoundException()
    return new Download(`risicomarge-${year}-bewijs.zip`, 'application/zip', zip)
  }

  /** Books the payout, exactly once: a repeat shows when it was booked. Refused with the reason otherwise. */
  @Post(':id/uitbetaling')
  async payOut(
    @Lang() lang: Language,
    @CurrentVisitor() visitor: Visitor,
    @Param('jaar') year: string,
    @Param('id') id: string,
  ): Promise<Page | SeeOther> {
    await this.proposalPage.find(year, id)
    try {
      await this.payouts.payOut(visitor, id)
      return seeOther(`/risicomarge/${year}/voorstellen/${id}`)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const refused = { typed: {}, violations: error.violations }
      return this.proposalPage.build(lang, visitor, year, id, refused, 409)
    }
  }
}
