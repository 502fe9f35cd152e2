import { Inject, Injectable } from '@nestjs/common'
import { Areas } from '#areas'
import { type Cents, Fraction, type Violation } from '#kernel'
import { Members } from '#members'
import { Clock, CONFIG, type Config, Database, type Tx } from '#platform'
import { Statutes } from '#statutes'
import { SubsidyDivisions } from '#work-plans'
import { Agreements } from './agreements.service.js'
import type { AgreementContent } from './content.js'
import type { Negotiation } from './negotiations.service.js'
import type { AgreementText } from './rules/agreement-text.js'
import {
  asSigned,
  budgetViolations,
  overlapViolations,
  wijkbudgetIn,
  type YearBudget,
  yearsOf,
} from './rules/budget.js'
import type { Draft } from './rules/draft.js'
import { atField, type JudgedDraft, judgeDraft } from './rules/draft-problems.js'
import { type TextContext, textViolations } from './rules/text-rules.js'
import { listTakenNeighbourhoods } from './store/signing-records.js'
import { termsToJson } from './store/terms-schema.js'

/** How the wijkbudgets of a year stand, with what the distribution key gives the administrative wijk. */
export interface BudgetRoom extends YearBudget {
  /** What the division of the subsidy proposes for the administrative wijk; null when nothing was proposed. */
  proposedCents: Cents | null
}

/** Judges texts by everything that is known: the statutes, the other agreements, the division of the subsidy. */
@Injectable()
export class TextJudging {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Members) private readonly members: Members,
    @Inject(Statutes) private readonly statutes: Statutes,
    @Inject(SubsidyDivisions) private readonly divisions: SubsidyDivisions,
    @Inject(Agreements) private readonly agreements: Agreements,
  ) {}

  /** What a draft says and everything that keeps it from being signed; paths are names of fields. */
  async draft(negotiation: Negotiation, draft: Draft, tx: Tx = this.database.read): Promise<JudgedDraft> {
    const whole = wholeDraft(negotiation, draft)
    const judged = judgeDraft(whole, await this.context(negotiation, tx))
    const unreadable = judged.violations.some(({ code }) => code === 'agreement.dayMalformed')
    const others = unreadable ? [] : await this.amongOthers(negotiation, judged.text, tx)
    return {
      text: judged.text,
      violations: [...judged.violations, ...others.map((one) => atField(one, whole))],
    }
  }

  /** Everything that keeps a text from being signed; paths as in `AgreementText`. */
  async text(negotiation: Negotiation, text: AgreementText, tx: Tx): Promise<Violation[]> {
    const context = await this.context(negotiation, tx)
    return [...textViolations(text, context), ...(await this.amongOthers(negotiation, text, tx))]
  }

  /** How the years in which a text holds stand, without this agreement. */
  async room(
    { agreementId, accountingDistrictId }: Pick<Negotiation, 'agreementId' | 'accountingDistrictId'>,
    years: readonly number[],
    tx: Tx = this.database.read,
  ): Promise<BudgetRoom[]> {
    const others = (await this.agreements.all(tx)).filter(({ id }) => id !== agreementId)
    const rooms: BudgetRoom[] = []
    for (const year of years) {
      const parts = await this.divisions.divisionOf(year, tx)
      const part = parts.find((one) => one.accountingDistrictId === accountingDistrictId)
      rooms.push({
        year,
        limitCents: await this.divisions.executionBudget(year, tx),
        othersCents: others.reduce((sum, one) => sum + wijkbudgetIn(one, year), 0n),
        proposedCents: part?.cents ?? null,
      })
    }
    return rooms
  }

  /** What both parties would sign. */
  async contentOf(negotiation: Negotiation, text: AgreementText, tx: Tx): Promise<AgreementContent> {
    const { party, agreement } = negotiation
    const today = this.clock.today()
    const members = await this.members.asOf(today, tx)
    const names = members.filter(({ id }) => party.participants.includes(id)).map(({ name }) => name)
    const neighbourhoods = await this.areas.neighbourhoods(tx)
    return {
      kind: negotiation.kind,
      area: { slug: negotiation.areaSlug, name: negotiation.areaName },
      number: Math.max(0, ...(agreement?.versions ?? []).map((version) => version.number)) + 1,
      cooperative: this.config.cooperativeName,
      counterparty: { id: party.id, name: party.name, kind: party.kind, participants: names },
      ...{ startsOn: text.startsOn, endsOn: text.endsOn, holdsFrom: text.holdsFrom },
      neighbourhoods: neighbourhoods
        .filter(({ id }) => text.neighbourhoodIds.includes(id))
        .map(({ id, name }) => ({ id, name })),
      terms: termsToJson(text.terms),
    }
  }

  /** By the statutes of today: the day on which the text would be signed. */
  private async context({ kind, change, agreement }: Negotiation, tx: Tx): Promise<TextContext> {
    const statutes = await this.statutes.asOf(this.clock.today(), tx)
    const holding = (agreement?.versions ?? []).map((version) => version.holdsFrom).sort()
    return {
      ...{ kind, change },
      ownMeansRate: Fraction.parse(statutes.get('ownMeansRate').value),
      current: agreement && {
        ...{ startsOn: agreement.startsOn, endsOn: agreement.endsOn },
        latestHoldsFrom: holding.at(-1) ?? agreement.startsOn,
      },
    }
  }

  private async amongOthers(negotiation: Negotiation, text: AgreementText, tx: Tx): Promise<Violation[]> {
    if (negotiation.kind !== 'district' || text.endsOn < text.holdsFrom) return []
    const known = new Set((await this.areas.neighbourhoods(tx)).map(({ id }) => id))
    const unknown = text.neighbourhoodIds.filter((id) => !known.has(id))
    const years = await this.room(negotiation, yearsOf(text).slice(0, 10), tx)
    return [
      ...unknown.map((id) => ({ code: 'agreement.unknownNeighbourhood', path: `buurt.${id}` })),
      ...overlapViolations(text, await listTakenNeighbourhoods(tx, negotiation.agreementId)),
      ...budgetViolations(years, asSigned(negotiation.agreement, negotiation.kind, text)),
    ]
  }
}

/** A change goes on from the day on which the agreement began: that day is not typed. */
export function wholeDraft({ agreement }: Pick<Negotiation, 'agreement'>, draft: Draft): Draft {
  if (!agreement) return draft
  return { ...draft, startsOn: agreement.startsOn, holdsFrom: draft.holdsFrom ?? '' }
}
