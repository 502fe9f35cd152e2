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
  parseForm,
  requiredText,
  type SeeOther,
  seeOther,
  typedFields,
  type Visitor,
} from '#platform'
import { Distributions } from '../distributions.service.js'
import { Payouts } from '../payouts.service.js'
import { MarginPage } from './margin-page.js'
import { ProposalPage } from './proposal-page.js'

const proposalForm = z.object({
  vergadering: z.string().refine(isId, 'distribution.chooseAssembly'),
  verzoek: z.string().refine(isId, 'distribution.staleForm'),
})

const withdrawalForm = z.object({ reden: requiredText(1000) })

/** Proposing, withdrawing and paying out the distribution of a year's margin. */
@Controller('risicomarge/:jaar/voorstellen')
export class ProposalsController {
  constructor(
    @Inject(Distributions) private readonly distributions: Distributions,
    @Inject(Payouts) private readonly payouts: Payouts,
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
    // Number() would also take 0x7e3 for 2019.
    if (!/^\d{4}$/.test(year)) throw new NotFoundException()
    const typed = typedFields(body)
    const form = parseForm(proposalForm, body)
    if (!form.ok) {
      const violations = form.errors.map((error) => readable(error.field))
      return this.marginPage.build(lang, visitor, year, { typed, violations })
    }
    try {
      const { vergadering: assemblyId, verzoek: requestKey } = form.value
      const { id } = await this.distributions.propose(visitor, { year: Number(year), assemblyId, requestKey })
      return seeOther(`/risicomarge/${year}/voorstellen/${id}`)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.marginPage.build(lang, visitor, year, { typed, violations: error.violations })
    }
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
    const typed = typedFields(body)
    const form = parseForm(withdrawalForm, body)
    if (!form.ok)
      return this.proposalPage.build(lang, visitor, year, id, { typed, violations: form.errors }, 422)
    return this.orRefused({ lang, visitor, year, id, typed }, () =>
      this.distributions.withdraw(visitor, id, form.value.reden),
    )
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
    return this.orRefused({ lang, visitor, year, id, typed: {} }, () => this.payouts.payOut(visitor, id))
  }

  /** Back to the proposal, which shows what was done; or, when a rule stands in the way, why not. */
  private async orRefused(
    { lang, visitor, year, id, typed }: RefusableRequest,
    act: () => Promise<unknown>,
  ): Promise<Page | SeeOther> {
    try {
      await act()
      return seeOther(`/risicomarge/${year}/voorstellen/${id}`)
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      return this.proposalPage.build(lang, visitor, year, id, { typed, violations: error.violations }, 409)
    }
  }
}

interface RefusableRequest {
  lang: Language
  visitor: Visitor
  year: string
  id: string
  typed: Record<string, string>
}

/** The hidden key concerns the form as a whole. */
function readable(field: string): { field: string; code: string } {
  if (field === 'verzoek') return { field: '', code: 'distribution.staleForm' }
  return { field, code: 'distribution.chooseAssembly' }
}
