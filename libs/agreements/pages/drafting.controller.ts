import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import {
  CurrentVisit,
  isId,
  type Page,
  type SeeOther,
  seeOther,
  typedFields,
  type Visit,
  type Visitor,
} from '#platform'
import { AgreementDrafting, type NewNegotiation } from '../drafting.service.js'
import { type Negotiation, Negotiations } from '../negotiations.service.js'
import { agreementKinds } from '../rules/agreement.js'
import { type DraftSection, draftSections } from '../rules/draft.js'
import { type Side, sideOf } from '../rules/negotiation.js'
import { DraftingPages } from './drafting-pages.js'
import { pathOf } from './negotiation-head.js'
import { AgreementWords } from './words.js'

/** Beginning an agreement, and writing its parts. */
@Controller('afspraken')
export class DraftingController {
  constructor(
    @Inject(AgreementDrafting) private readonly drafting: AgreementDrafting,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(DraftingPages) private readonly pages: DraftingPages,
    @Inject(AgreementWords) private readonly words: AgreementWords,
  ) {}

  @Get('nieuw')
  form(@CurrentVisit() visit: Visit): Promise<Page> {
    return this.pages.begin(visit)
  }

  /** Begins a negotiation with a draft from the model text. The same form twice begins one. */
  @Post('concepten')
  async begin(@CurrentVisit() visit: Visit, @Body() body: unknown): Promise<Page | SeeOther> {
    const typed = typedFields(body)
    const participants = [...new Set(listOf(body, 'deelnemers'))]
    const id = typed.nummer ?? ''
    try {
      if (!isId(id)) throw RuleViolated.of('agreement.kindNeeded', {}, 'soort')
      await this.drafting.begin(id, requestOf(typed, participants), visit.visitor)
      return seeOther(pathOf(id))
    } catch (error) {
      if (!(error instanceof RuleViolated)) throw error
      const errors = this.words.errors(visit.lang, error.violations)
      return this.pages.begin(visit, { errors, typed, participants })
    }
  }

  @Get('concepten/:id/tekst/:deel')
  async section(
    @CurrentVisit() { lang, visitor }: Visit,
    @Param('id') id: string,
    @Param('deel') part: string,
    @Query('bewaard') saved?: string,
  ): Promise<Page | SeeOther> {
    const { negotiation, side, section } = await this.find(visitor, id, part)
    if (negotiation.state === 'signed' || negotiation.state === 'ended') return seeOther(pathOf(id))
    const shown = await this.pages.section(lang, negotiation, side, section, { saved: saved === '1' })
    return shown ?? seeOther(`${pathOf(id)}#tekst`)
  }

  /** Keeps the part as it was typed, also when it is wrong. The same text again changes nothing. */
  @Post('concepten/:id/tekst/:deel')
  async save(
    @CurrentVisit() { lang, visitor }: Visit,
    @Param('id') id: string,
    @Param('deel') part: string,
    @Body() body: unknown,
  ): Promise<Page | SeeOther> {
    const { negotiation, side, section } = await this.find(visitor, id, part)
    const { revisie = '', blijf, ...sent } = typedFields(body)
    const revision = /^\d{1,9}$/.test(revisie) ? Number(revisie) : -1
    const saved = await this.drafting.save(id, section, sent, revision, visitor)
    if (saved.outcome === 'stale') {
      const shown = await this.pages.section(lang, negotiation, side, section, { stale: saved })
      return shown ?? seeOther(pathOf(id))
    }
    const next = draftSections[draftSections.indexOf(section) + 1]
    if (blijf) return seeOther(`${pathOf(id)}/tekst/${section}?bewaard=1`)
    return seeOther(next ? `${pathOf(id)}/tekst/${next}?bewaard=1` : `${pathOf(id)}#tekst`)
  }

  /** @throws NotFoundException also for who is of neither party */
  private async find(
    visitor: Visitor,
    id: string,
    part: string,
  ): Promise<{ negotiation: Negotiation; side: Side; section: DraftSection }> {
    const negotiation = await this.negotiations.find(id)
    const side = negotiation && sideOf(visitor, negotiation.party)
    const section = draftSections.find((one) => one === part)
    if (!negotiation || !side || !section) throw new NotFoundException()
    return { negotiation, side, section }
  }
}

/** Every text of a field that occurs more often. */
function listOf(body: unknown, name: string): string[] {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return []
  return [(body as Record<string, unknown>)[name]].flat().filter((one) => typeof one === 'string')
}

function requestOf(typed: Record<string, string>, participants: readonly string[]): NewNegotiation {
  const kind = agreementKinds.find((one) => one === (typed.soort ?? 'district'))
  if (!kind) throw RuleViolated.of('agreement.kindNeeded', {}, 'soort')
  const party = typed.wederpartij ?? ''
  if (party !== 'nieuw' && !isId(party)) throw RuleViolated.of('agreement.partyNeeded', {}, 'wederpartij')
  const person = (who: string) => ({ name: typed[`${who}Naam`] ?? '', email: typed[`${who}Email`] ?? '' })
  return {
    ...{ kind, areaName: typed.gebied ?? '' },
    accountingDistrictId: typed.administratieveWijk || null,
    counterparty:
      party === 'nieuw'
        ? {
            ...{ name: typed.naam ?? '', kind: typed.soortWederpartij ?? '', memberId: typed.lid ?? '' },
            ...{ participants, treasurer: person('penningmeester'), coordinator: person('coordinator') },
          }
        : party,
  }
}
