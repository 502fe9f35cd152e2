import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { Areas } from '#areas'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, type Tx, type Visitor } from '#platform'
import { Agreements } from './agreements.service.js'
import { Counterparties, type NewCounterparty } from './counterparties.service.js'
import { Negotiations } from './negotiations.service.js'
import type { Agreement, AgreementKind } from './rules/agreement.js'
import {
  type Draft,
  type DraftSection,
  differingFields,
  draftSections,
  partOf,
  sectionDraft,
  shortName,
} from './rules/draft.js'
import { nextPeriod } from './rules/ending.js'
import { modelDraft } from './rules/model-text.js'
import { type ChangeKind, checkOpen, type Side, sideOf } from './rules/negotiation.js'
import { writeDraft } from './rules/write-draft.js'
import {
  insertEnding,
  insertNegotiation,
  lockNegotiation,
  readDraftOf,
  readProposal,
  removeDraft,
  writeSection,
} from './store/negotiation-records.js'
import { lockSignedAgreements, readNeighbourhoods } from './store/signing-records.js'

/** A negotiation about a new agreement. */
export interface NewNegotiation {
  kind: AgreementKind
  areaName: string
  accountingDistrictId: string | null
  /** An existing counterparty, or one to be entered. */
  counterparty: string | NewCounterparty
}

/** What saving a part comes to: saved, or somebody else of the same side saved it meanwhile. */
export type SaveOutcome =
  | { outcome: 'saved' }
  | { outcome: 'stale'; typed: Draft; stored: Draft; revision: number; by: string; at: Date }

/** Addresses under /afspraken that are no areas. */
const RESERVED = ['concepten', 'nieuw', 'controle', 'stad', 'stand', 'effecten']

/** Beginning a negotiation and writing in it. A draft is kept as typed, also when it is wrong. */
@Injectable()
export class AgreementDrafting {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Areas) private readonly areas: Areas,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Counterparties) private readonly counterparties: Counterparties,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
  ) {}

  /**
   * Begins a negotiation about a new agreement, with a draft from the model text for who begins it. A repeat with the
   * same id finds it there.
   * @param id made when the form was shown
   * @throws RuleViolated `agreement.areaNeeded`, `areaTaken`, `districtNeeded`, `kindNotYours`, `notYourCounterparty`,
   * and of {@link Counterparties.enter}
   */
  async begin(id: string, request: NewNegotiation, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockSignedAgreements(tx)
      if (await this.negotiations.find(id, tx)) return
      const areaName = request.areaName.trim()
      const areaSlug = shortName(areaName)
      await this.checkArea(tx, request, areaName, areaSlug)
      const party =
        typeof request.counterparty === 'string'
          ? await this.counterparties.find(request.counterparty, tx)
          : await this.counterparties.enter(tx, request.counterparty, visitor)
      const side = party && sideOf(visitor, party)
      if (!party || !side) throw RuleViolated.of('agreement.notYourCounterparty', {}, 'wederpartij')
      if (side === 'counterparty' && request.kind !== 'district')
        throw RuleViolated.of('agreement.kindNotYours', {}, 'soort')
      const { kind, accountingDistrictId } = request
      await insertNegotiation(tx, {
        ...{ id, agreementId: null, change: 'new' as const, kind, areaSlug, areaName },
        accountingDistrictId: kind === 'district' ? accountingDistrictId : null,
        ...{ counterpartyId: party.id, startedAt: this.clock.now(), startedBy: visitor.personId },
      })
      await this.writeDraft(tx, id, side, modelDraft(), 0, visitor)
      await this.record(tx, 'agreement.negotiationBegun', id, visitor, { change: 'new', areaSlug })
    })
  }

  /**
   * Begins a negotiation about another version of a signed agreement: a change from a day, a longer period, or an end
   * by mutual consent. The draft is what is signed now, carried forward. While one goes on, a repeat finds it.
   * @returns the id of the negotiation
   * @throws NotFoundException, RuleViolated `agreement.notYourCounterparty`
   */
  async beginChange(areaSlug: string, change: Exclude<ChangeKind, 'new'>, visitor: Visitor): Promise<string> {
    return this.database.transaction(async (tx) => {
      await lockSignedAgreements(tx)
      const agreement = await this.agreements.byArea(areaSlug, tx)
      if (!agreement || agreement.versions.length === 0) throw new NotFoundException()
      const party = (await this.counterparties.find(agreement.counterparty.id, tx))!
      const side = sideOf(visitor, party)
      if (!side) throw RuleViolated.of('agreement.notYourCounterparty')
      const running = await this.negotiations.runningOf(agreement.id, tx)
      if (running) return running.id
      const id = this.ids.next()
      const { kind, areaName, accountingDistrictId } = agreement
      await insertNegotiation(tx, {
        ...{ id, agreementId: agreement.id, change, kind, areaSlug, areaName, accountingDistrictId },
        ...{ counterpartyId: party.id, startedAt: this.clock.now(), startedBy: visitor.personId },
      })
      const neighbourhoods = await readNeighbourhoods(tx, agreement.id)
      const draft = this.carriedForward(
        agreement,
        change,
        neighbourhoods.map((one) => one.id),
      )
      await this.writeDraft(tx, id, side, draft, 0, visitor)
      await this.record(tx, 'agreement.negotiationBegun', id, visitor, { change, areaSlug })
      return id
    })
  }

  /**
   * Keeps one part of the draft of the visitor's side. When somebody else of the same side saved that part meanwhile,
   * nothing is overwritten and both texts come back. The same text again changes nothing.
   * @param revision of the part that was on the screen
   * @throws NotFoundException, RuleViolated `agreement.negotiationOver`
   */
  async save(
    id: string,
    section: DraftSection,
    sent: Readonly<Record<string, string>>,
    revision: number,
    visitor: Visitor,
  ): Promise<SaveOutcome> {
    return this.writing(id, visitor, async (tx, side) => {
      const draft = await readDraftOf(tx, id, side)
      if (!draft) throw new NotFoundException()
      const typed = sectionDraft(section, sent)
      const stored = partOf(draft.typed, section)
      const last = draft.sections[section]
      if (differingFields(typed, stored).length === 0) return { outcome: 'saved' }
      if (last.revision !== revision) {
        const { savedBy: by, savedAt: at } = last
        return { outcome: 'stale', typed, stored, revision: last.revision, by, at }
      }
      await writeSection(tx, {
        ...{ negotiationId: id, side, section, typed, revision: revision + 1, basedOn: draft.basedOn },
        ...{ savedAt: this.clock.now(), savedBy: visitor.personId },
      })
      return { outcome: 'saved' }
    })
  }

  /**
   * Begins a draft of the visitor's side from the last proposal. A draft that is there stays, unless it may be thrown
   * away.
   * @throws NotFoundException, RuleViolated `agreement.negotiationOver`
   */
  async beginDraft(id: string, anew: boolean, visitor: Visitor): Promise<void> {
    await this.writing(id, visitor, async (tx, side) => {
      if ((await readDraftOf(tx, id, side)) && !anew) return
      const { proposals } = (await this.negotiations.find(id, tx))!
      const number = proposals.at(-1)?.number ?? 0
      const typed = number === 0 ? modelDraft() : (await readProposal(tx, id, number))!
      await removeDraft(tx, id, side)
      await this.writeDraft(tx, id, side, typed, number, visitor)
    })
  }

  /**
   * Stops a negotiation without a signed text. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `agreement.reasonNeeded`
   */
  async stop(id: string, reason: string, visitor: Visitor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockNegotiation(tx, id)
      const negotiation = await this.negotiations.find(id, tx)
      if (!negotiation || !sideOf(visitor, negotiation.party)) throw new NotFoundException()
      if (checkOpen(negotiation.course).length > 0) return
      if (reason.trim() === '') throw RuleViolated.of('agreement.reasonNeeded', {}, 'reden')
      const [endedAt, endedBy] = [this.clock.now(), visitor.personId]
      await insertEnding(tx, { negotiationId: id, reason: reason.trim().slice(0, 2000), endedAt, endedBy })
      await this.record(tx, 'agreement.negotiationEnded', id, visitor, {})
    })
  }

  private async checkArea(tx: Tx, request: NewNegotiation, name: string, slug: string): Promise<void> {
    if (name === '' || name.length > 80) throw RuleViolated.of('agreement.areaNeeded', {}, 'gebied')
    if (RESERVED.includes(slug) || (await this.agreements.byArea(slug, tx)))
      throw RuleViolated.of('agreement.areaTaken', { area: name }, 'gebied')
    const districts = await this.areas.accountingDistricts(tx)
    const known = districts.some(({ id }) => id === request.accountingDistrictId)
    if (request.kind === 'district' && !known)
      throw RuleViolated.of('agreement.districtNeeded', {}, 'administratieveWijk')
  }

  private carriedForward(
    agreement: Agreement,
    change: Exclude<ChangeKind, 'new'>,
    neighbourhoodIds: string[],
  ): Draft {
    const { terms } = agreement.versions.at(-1)!
    const { startsOn, endsOn } = agreement
    const text = { startsOn, endsOn, holdsFrom: startsOn, neighbourhoodIds, terms }
    const draft = {
      ...writeDraft(text),
      ...(terms.clauses.length === 0 ? partOf(modelDraft(), 'clauses') : {}),
    }
    if (change === 'renewal') return { ...draft, ...nextPeriod(startsOn, endsOn) }
    const { holdsFrom: _from, endsOn: _until, ...rest } = draft
    return change === 'amendment' ? { ...rest, endsOn } : { ...rest, holdsFrom: this.dayWithin(agreement) }
  }

  /** Today, if the agreement holds today. */
  private dayWithin({ startsOn, endsOn }: Agreement): string {
    const today = this.clock.today()
    return today < startsOn ? startsOn : today > endsOn ? endsOn : today
  }

  private async writeDraft(
    tx: Tx,
    negotiationId: string,
    side: Side,
    draft: Draft,
    basedOn: number,
    visitor: Visitor,
  ): Promise<void> {
    for (const section of draftSections) {
      const typed = partOf(draft, section)
      const [savedAt, savedBy] = [this.clock.now(), visitor.personId]
      await writeSection(tx, { negotiationId, side, section, typed, revision: 1, basedOn, savedAt, savedBy })
    }
  }

  private async writing<T>(
    id: string,
    visitor: Visitor,
    work: (tx: Tx, side: Side) => Promise<T>,
  ): Promise<T> {
    return this.database.transaction(async (tx) => {
      await lockNegotiation(tx, id)
      const negotiation = await this.negotiations.find(id, tx)
      const side = negotiation && sideOf(visitor, negotiation.party)
      if (!negotiation || !side) throw new NotFoundException()
      RuleViolated.throwIfAny(checkOpen(negotiation.course))
      return work(tx, side)
    })
  }

  private async record(tx: Tx, action: string, id: string, visitor: Visitor, details: object): Promise<void> {
    await this.audit.record(tx, {
      actorId: visitor.personId,
      action,
      subject: { kind: 'negotiation', id },
      details: { ...details },
    })
  }
}
