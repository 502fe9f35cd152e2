import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisit,
  CurrentVisitor,
  type Language,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
  type Visitor,
} from '#platform'
import { AgreementDrafting } from '../drafting.service.js'
import { type Negotiation, Negotiations } from '../negotiations.service.js'
import { AgreementProposing } from '../proposing.service.js'
import { sideOf } from '../rules/negotiation.js'
import { SignedAgreements } from '../signed-agreements.service.js'
import { AgreementSigning } from '../signing.service.js'
import { pathOf } from './negotiation-head.js'
import { NegotiationPages } from './negotiation-pages.js'
import { ProposalPages } from './proposal-pages.js'
import { signedDraft } from './signed-draft.js'
import { AgreementWords } from './words.js'

/** A negotiation: proposals, remarks, the offer and the signatures. For the people of both parties only. */
@Controller('afspraken/concepten/:id')
export class NegotiationController {
  constructor(
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(SignedAgreements) private readonly signedAgreements: SignedAgreements,
    @Inject(AgreementDrafting) private readonly drafting: AgreementDrafting,
    @Inject(AgreementProposing) private readonly proposing: AgreementProposing,
    @Inject(AgreementSigning) private readonly signing: AgreementSigning,
    @Inject(NegotiationPages) private readonly pages: NegotiationPages,
    @Inject(ProposalPages) private readonly proposals: ProposalPages,
    @Inject(AgreementWords) private readonly words: AgreementWords,
  ) {}

  @Get()
  async show(@CurrentVisit() visit: Visit, @Param('id') id: string): Promise<Page> {
    return this.pages.show(visit, await this.find(visit.visitor, id))
  }

  /** Begins a draft of one's own side from the last proposal. A repeat finds it there. */
  @Post('concept')
  async beginDraft(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SeeOther> {
    await this.find(visitor, id)
    await this.drafting.beginDraft(id, typedFields(body).opnieuw === 'ja', visitor)
    return seeOther(`${pathOf(id)}#tekst`)
  }

  /** Puts one's draft to the other side. A repeat changes nothing. */
  @Post('voorstellen')
  propose(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { toelichting = '' } = typedFields(body)
    return this.act(visit, id, body, () => this.proposing.propose(id, toelichting, visit.visitor))
  }

  @Get('voorstellen/:nummer')
  async proposal(
    @CurrentVisit() { lang, visitor }: Visit,
    @Param('id') id: string,
    @Param('nummer') number: string,
    @Query('over') part?: string,
    @Query('antwoord') replyTo?: string,
  ): Promise<Page> {
    const negotiation = await this.find(visitor, id)
    const about = { part: typeof part === 'string' ? part : '', replyTo: replyTo ?? '' }
    const shown = await this.proposals.proposal(lang, negotiation, numberOf(number), about)
    if (!shown) throw new NotFoundException()
    return shown
  }

  @Get('verschil')
  async difference(
    @CurrentVisit() { lang, visitor }: Visit,
    @Param('id') id: string,
    @Query('van') from?: string,
    @Query('naar') to?: string,
  ): Promise<Page> {
    const negotiation = await this.find(visitor, id)
    const { agreement } = negotiation
    const known = agreement && (await this.signedAgreements.find(agreement.areaSlug))
    const signed = known && signedDraft(known, agreement.versions.at(-1)!.number)
    const shown = await this.proposals.difference(lang, negotiation, numberOf(from), numberOf(to), signed)
    if (!shown) throw new NotFoundException()
    return shown
  }

  /** Writes a remark or an answer. The same form twice writes it once. */
  @Post('opmerkingen')
  async comment(
    @CurrentVisit() { lang, visitor }: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const negotiation = await this.find(visitor, id)
    const typed = typedFields(body)
    const { opmerking: text = '', over: about = '', antwoordOp: replyTo = '', nummer: comment = '' } = typed
    const number = negotiation.proposals.at(-1)?.number ?? 0
    try {
      await this.proposing.comment(id, { id: comment, about, text, replyTo }, visitor)
      return seeOther(`${pathOf(id)}/voorstellen/${number}#opmerkingen`)
    } catch (error) {
      const errors = this.fieldErrors(lang, error)
      const part = { part: about, replyTo }
      const shown = await this.proposals.proposal(lang, negotiation, number, part, { errors, typed })
      if (!shown) throw new NotFoundException()
      return shown
    }
  }

  /** Marks a remark as dealt with. A repeat changes nothing. */
  @Post('opmerkingen/:opmerking/afhandeling')
  async closeComment(
    @CurrentVisitor() visitor: Visitor,
    @Param('id') id: string,
    @Param('opmerking') comment: string,
  ): Promise<SeeOther> {
    const { proposals } = await this.find(visitor, id)
    await this.proposing.close(id, comment, visitor)
    return seeOther(`${pathOf(id)}/voorstellen/${proposals.at(-1)?.number ?? 0}#opmerkingen`)
  }

  /** Offers the last proposal for signature, or names everything that is wrong with it. A repeat finds it offered. */
  @Post('aanbieding')
  offer(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { voorstel = '' } = typedFields(body)
    return this.act(visit, id, body, () => this.signing.offer(id, numberOf(voorstel), visit.visitor))
  }

  /** Takes the offer back. A repeat changes nothing. */
  @Post('aanbieding/intrekking')
  withdraw(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { aanbieding = '', redenIntrekking = '' } = typedFields(body)
    return this.act(visit, id, body, async () => {
      if (redenIntrekking.trim() === '')
        throw RuleViolated.of('agreement.reasonNeeded', {}, 'redenIntrekking')
      await this.signing.withdraw(id, aanbieding, redenIntrekking, visit.visitor)
    })
  }

  /** Signs the text that was on the screen, in a session that began a moment ago. A repeat changes nothing. */
  @Post('handtekeningen')
  sign(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { vingerafdruk = '', akkoord } = typedFields(body)
    return this.act(visit, id, body, async () => {
      if (akkoord !== 'ja') throw RuleViolated.of('agreement.consentNeeded', {}, 'akkoord')
      await this.signing.sign(id, vingerafdruk, visit.visitor)
    })
  }

  /** Stops the negotiation. A repeat changes nothing. */
  @Post('beeindiging')
  stop(
    @CurrentVisit() visit: Visit,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { reden = '' } = typedFields(body)
    return this.act(visit, id, body, () => this.drafting.stop(id, reden, visit.visitor))
  }

  private async act(
    visit: Visit,
    id: string,
    body: unknown,
    work: () => Promise<unknown>,
  ): Promise<Page | SeeOther> {
    await this.find(visit.visitor, id)
    try {
      await work()
    } catch (error) {
      if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
      const negotiation = await this.find(visit.visitor, id)
      const errors = await this.pages.problems(visit.lang, negotiation, error.violations)
      return this.pages.show(visit, negotiation, { errors, typed: typedFields(body) })
    }
    return seeOther(pathOf(id))
  }

  /** What was refused, as it stands above the form; a refusal that is about no field is a page of its own. */
  private fieldErrors(lang: Language, error: unknown) {
    if (!(error instanceof RuleViolated) || !error.violations[0]!.path) throw error
    return this.words.errors(lang, error.violations)
  }

  /** @throws NotFoundException also for who is of neither party */
  private async find(visitor: Visitor, id: string): Promise<Negotiation> {
    const negotiation = await this.negotiations.find(id)
    if (!negotiation || !sideOf(visitor, negotiation.party)) throw new NotFoundException()
    return negotiation
  }
}

const numberOf = (typed: string | undefined): number =>
  typed !== undefined && /^\d{1,4}$/.test(typed) ? Number(typed) : -1
