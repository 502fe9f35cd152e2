import { Inject, Injectable, NotFoundException } from '@nestjs/common'
import { RuleViolated } from '#kernel'
import { Audit, Clock, Database, Ids, isId, type Tx, type Visitor } from '#platform'
import { AgreementNotices } from './agreement-notices.js'
import { AgreementPaper } from './agreement-paper.js'
import { Agreements } from './agreements.service.js'
import { type AgreementContent, agreementContent, readContent } from './content.js'
import { type Negotiation, Negotiations } from './negotiations.service.js'
import type { AgreementText } from './rules/agreement-text.js'
import { capacityOf, checkOffer, checkSignature, sideOf, sides } from './rules/negotiation.js'
import { lockNegotiation, type Offered, readProposal } from './store/negotiation-records.js'
import {
  insertAgreement,
  insertOffer,
  insertSignature,
  insertVersion,
  insertWithdrawal,
  lockSignedAgreements,
  moveEnd,
  replaceNeighbourhoods,
} from './store/signing-records.js'
import { termsFromJson } from './store/terms-schema.js'
import { TextJudging } from './text-judging.service.js'

/** Offering a text for signature, and signing it: two people, one of each party, over one hash. */
@Injectable()
export class AgreementSigning {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(Agreements) private readonly agreements: Agreements,
    @Inject(Negotiations) private readonly negotiations: Negotiations,
    @Inject(TextJudging) private readonly judging: TextJudging,
    @Inject(AgreementNotices) private readonly notices: AgreementNotices,
    @Inject(AgreementPaper) private readonly paper: AgreementPaper,
  ) {}

  /**
   * Offers the last proposal for signature: its canonical text, with the hash that signatures refer to. Everything that
   * is wrong with it is named at once. A repeat finds it offered.
   * @throws NotFoundException, RuleViolated of `checkOffer` and everything that `TextJudging.draft` finds
   */
  async offer(id: string, proposal: number, visitor: Visitor): Promise<void> {
    await this.alone(id, visitor, async (tx, negotiation) => {
      RuleViolated.throwIfAny(checkOffer(negotiation.course, proposal))
      if (negotiation.state === 'offered') return
      const draft = (await readProposal(tx, id, proposal))!
      const { text, violations } = await this.judging.draft(negotiation, draft, tx)
      RuleViolated.throwIfAny(violations)
      const signed = agreementContent(await this.judging.contentOf(negotiation, text, tx))
      await insertOffer(tx, {
        ...{ id: this.ids.next(), negotiationId: id, proposal, ...signed },
        ...{ offeredAt: this.clock.now(), offeredBy: visitor.personId },
      })
      await this.record(tx, 'agreement.offered', id, visitor, { proposal, sha256: signed.sha256 })
      for (const side of sides)
        await this.notices.toSigners(tx, negotiation.party, side, {
          notice: 'offered',
          key: `agreement-offered:${id}:${negotiation.offers.length + 1}`,
          model: {
            ...{ area: negotiation.areaName, party: negotiation.party.name, by: visitor.name },
            path: `/afspraken/concepten/${id}`,
          },
        })
    })
  }

  /**
   * Takes an offer back before the second signature. A repeat changes nothing.
   * @throws NotFoundException, RuleViolated `agreement.reasonNeeded`, `agreement.notOffered`
   */
  async withdraw(id: string, offerId: string, reason: string, visitor: Visitor): Promise<void> {
    await this.alone(id, visitor, async (tx, negotiation) => {
      const offer = negotiation.offers.find((one) => one.id === offerId)
      if (offer?.withdrawal) return
      if (!offer || negotiation.offer?.id !== offer.id || negotiation.state !== 'offered')
        throw RuleViolated.of('agreement.notOffered')
      if (reason.trim() === '') throw RuleViolated.of('agreement.reasonNeeded', {}, 'reden')
      const [withdrawnAt, withdrawnBy] = [this.clock.now(), visitor.personId]
      const withdrawal = { offerId, reason: reason.trim().slice(0, 2000), withdrawnAt, withdrawnBy }
      await insertWithdrawal(tx, withdrawal)
      await this.record(tx, 'agreement.offerWithdrawn', id, visitor, { sha256: offer.sha256 })
    })
  }

  /**
   * Signs the offered text for the visitor's party. With the second signature it is a version of the agreement, in the
   * same transaction, after looking once more at the wijkbudgets and buurten of all agreements under a lock. A repeat
   * by the same person changes nothing.
   * @param sha256 of the text that was on the screen
   * @throws NotFoundException, RuleViolated `agreement.mayNotSign`, `agreement.otherText`, `agreement.versionTaken`, of
   * `checkSignature`, and everything that `TextJudging.text` finds
   */
  async sign(id: string, sha256: string, visitor: Visitor): Promise<void> {
    await this.alone(id, visitor, async (tx, negotiation) => {
      const { personId, name } = visitor
      const { offer, party, course } = negotiation
      if (offer?.signatures.some((one) => one.personId === personId && offer.sha256 === sha256)) return
      const [side, capacity] = [sideOf(visitor, party)!, capacityOf(visitor, party)]
      if (!capacity) throw RuleViolated.of('agreement.mayNotSign')
      RuleViolated.throwIfAny(checkSignature(course, side, personId))
      if (!offer || offer.sha256 !== sha256) throw RuleViolated.of('agreement.otherText')
      const content = readContent(offer.content)
      await lockSignedAgreements(tx)
      await this.checkOnceMore(tx, (await this.negotiations.find(id, tx))!, content)
      const signedAt = this.clock.now()
      await insertSignature(tx, { offerId: offer.id, side, sha256, capacity, personId, name, signedAt })
      await this.record(tx, 'agreement.signed', id, visitor, { side, capacity, sha256 })
      if (offer.signatures.length === 1) await this.conclude(tx, negotiation, offer, content, visitor)
    })
  }

  /** The world went on since the text was offered: another agreement may have taken the budget, the buurt or the name. */
  private async checkOnceMore(tx: Tx, negotiation: Negotiation, content: AgreementContent): Promise<void> {
    const text = textOf(content)
    const now = await this.judging.contentOf(negotiation, text, tx)
    if (now.number !== content.number) throw RuleViolated.of('agreement.versionTaken')
    if (!negotiation.agreementId && (await this.agreements.byArea(content.area.slug, tx)))
      throw RuleViolated.of('agreement.areaTaken', { area: content.area.name })
    RuleViolated.throwIfAny(await this.judging.text(negotiation, text, tx))
  }

  private async conclude(
    tx: Tx,
    negotiation: Negotiation,
    { id: offerId, content: json, sha256 }: Offered,
    content: AgreementContent,
    visitor: Visitor,
  ): Promise<void> {
    const { kind, areaSlug, areaName, accountingDistrictId, counterpartyId, party } = negotiation
    const { startsOn, endsOn, holdsFrom, number, terms } = content
    const agreementId = negotiation.agreementId ?? this.ids.next()
    if (negotiation.agreementId) await moveEnd(tx, agreementId, endsOn)
    else
      await insertAgreement(tx, {
        ...{ id: agreementId, kind, areaSlug, areaName, accountingDistrictId, counterpartyId },
        ...{ startsOn, endsOn },
      })
    await replaceNeighbourhoods(
      tx,
      agreementId,
      content.neighbourhoods.map((one) => one.id),
    )
    const version = { id: this.ids.next(), agreementId, number, holdsFrom, terms, content: json, sha256 }
    const [signedOn, recordedAt] = [this.clock.today(), this.clock.now()]
    await insertVersion(tx, { ...version, offerId, signedOn, recordedAt })
    await this.paper.keep(tx, agreementId, number)
    await this.record(tx, 'agreement.concluded', negotiation.id, visitor, { agreementId, number, sha256 })
    await this.notices.toAll(tx, party, {
      notice: 'signed',
      key: `agreement-signed:${version.id}`,
      model: { area: areaName, party: party.name, number, path: `/afspraken/${areaSlug}` },
    })
  }

  private async alone(
    id: string,
    visitor: Visitor,
    work: (tx: Tx, negotiation: Negotiation) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!isId(id)) throw new NotFoundException()
      await lockNegotiation(tx, id)
      const negotiation = await this.negotiations.find(id, tx)
      if (!negotiation || !sideOf(visitor, negotiation.party)) throw new NotFoundException()
      await work(tx, negotiation)
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

/** The text that a content carries. */
function textOf({ startsOn, endsOn, holdsFrom, neighbourhoods, terms }: AgreementContent): AgreementText {
  const neighbourhoodIds = neighbourhoods.map(({ id }) => id)
  return { startsOn, endsOn, holdsFrom, neighbourhoodIds, terms: termsFromJson(terms) }
}
